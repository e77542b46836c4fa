// What goes wrong between an identifier and the account behind it.
import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/** Failures that say nothing of the identity itself, only that nobody could tell. */
const RETRYABLE = ['dns-failed', 'server-error', 'timeout', 'unreachable'] as const

/**
 * Why an identity could not be resolved:
 *
 * - `invalid-handle`, `invalid-did`: not the syntax, or a DID that its method does not allow
 * - `unsupported-did-method`: a DID that is neither did:plc nor did:web
 * - `reserved-domain`: a host name under a top-level domain that must never resolve
 * - `handle-not-found`, `handle-ambiguous`: the handle names no DID, or DNS names several
 * - `not-a-did`: the handle's host answered with something else than a DID
 * - `did-not-found`, `did-deactivated`: there is no document for the DID, or no longer
 * - `invalid-document`, `wrong-document-id`: what came is no DID document, or another DID's
 * - `no-pds`, `no-key`: the document lacks the PDS, or the key, that somebody asked for
 * - `not-https`, `not-public`: an address that may not be asked: not HTTPS on its own port, or not
 *   a host of the public internet
 * - `redirected`: a redirect where none is followed, or one too many
 * - `body-too-large`: an answer over 256 KiB
 * - `invalid-operation`: an operation of did:plc, or an entry of its log, that is none
 * - `wrong-genesis`: a log that begins with the operation of another DID
 * - `wrong-cid`: an operation under a name that is not its own
 * - `misordered-operation`: it follows no operation, or one that nothing may follow, or comes too early
 * - `unauthorized-operation`: no key signed it that was entitled to
 * - `late-recovery`: it undoes operations that are older than 72 hours
 * - `wrong-nullification`: the log calls undone what was not, or the other way round
 * - `operation-rejected`: the directory does not take an operation
 * - `bad-status`: an HTTP status that none of the above explains
 * - `dns-failed`, `server-error`, `timeout`, `unreachable`: nobody could tell; it may work later
 */
export type IdentityErrorCode =
  | (typeof RETRYABLE)[number]
  | 'bad-status'
  | 'body-too-large'
  | 'did-deactivated'
  | 'did-not-found'
  | 'handle-ambiguous'
  | 'handle-not-found'
  | 'invalid-did'
  | 'invalid-document'
  | 'invalid-handle'
  | 'invalid-operation'
  | 'late-recovery'
  | 'misordered-operation'
  | 'no-key'
  | 'no-pds'
  | 'not-a-did'
  | 'not-https'
  | 'not-public'
  | 'operation-rejected'
  | 'redirected'
  | 'reserved-domain'
  | 'unauthorized-operation'
  | 'unsupported-did-method'
  | 'wrong-cid'
  | 'wrong-document-id'
  | 'wrong-genesis'
  | 'wrong-nullification'

/** What an {@link IdentityError} carries besides its message. */
export interface IdentityErrorOptions extends AtprotoErrorOptions {
  code: IdentityErrorCode
}

/** An identity could not be resolved, or is not what it claims to be. */
export class IdentityError extends AtprotoError<IdentityErrorOptions> {
  static override readonly id: string = 'IdentityError'

  declare readonly code: IdentityErrorCode

  /** Whether the same question may be answered later: nobody said no, nobody could tell. */
  get retryable(): boolean {
    return (RETRYABLE as readonly string[]).includes(this.code)
  }
}
