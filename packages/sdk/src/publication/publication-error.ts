// What goes wrong between the name of a lexicon and the lexicon.

import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/**
 * Why a lexicon could not be had:
 *
 * - `invalid-nsid`: what was asked for is no NSID, or no group of NSIDs
 * - `authority-not-found`: DNS names no repository for the group of NSIDs
 * - `authority-ambiguous`: DNS names several
 * - `dns-failed`: DNS did not answer; it may work later
 * - `identity-failed`: the DID of the repository does not resolve, or names no PDS or no key
 * - `pds-failed`: the PDS refused the call, could not be reached, or answered with too much
 * - `not-published`: the repository has no such record, as it proves or as its PDS says
 * - `invalid-proof`: what the PDS answered proves nothing: a wrong hash, signature or repository
 * - `not-a-lexicon`: there is a record, but it is no lexicon of this NSID
 * - `invalid-lexicon`: it is one, and breaks the lexicon language
 * - `too-many`: more lexicons than anybody would mean
 */
export type PublicationErrorCode =
  | 'authority-ambiguous'
  | 'authority-not-found'
  | 'dns-failed'
  | 'identity-failed'
  | 'invalid-lexicon'
  | 'invalid-nsid'
  | 'invalid-proof'
  | 'not-a-lexicon'
  | 'not-published'
  | 'pds-failed'
  | 'too-many'

/** What a {@link PublicationError} carries besides its message. */
export interface PublicationErrorOptions extends AtprotoErrorOptions {
  code: PublicationErrorCode
  /** The NSID that was asked for, or the group as `com.example.*`. */
  asked: string
}

/** A lexicon that could not be had from its authority. The message begins with what was asked for. */
export class PublicationError extends AtprotoError<PublicationErrorOptions> {
  static override readonly id = 'PublicationError'

  declare readonly code: PublicationErrorCode

  /** The NSID that was asked for, or the group as `com.example.*`. */
  declare readonly asked: string

  constructor(problem: string, options: PublicationErrorOptions) {
    const { asked, cause } = options
    // The cause says what exactly.
    super(`${asked}: ${problem}${cause instanceof Error ? `: ${cause.message}` : ''}`, options)
  }
}
