/**
 * Why a lexicon could not be had from the network:
 *
 * - `invalid-nsid`: what was asked for, or what a lexicon refers to, is no NSID
 * - `authority-not-found`: DNS names no repository for the group of NSIDs
 * - `authority-ambiguous`: DNS names several
 * - `dns-failed`: DNS did not answer; it may work later
 * - `identity-failed`: the DID of the repository does not resolve, or names no PDS or no key
 * - `pds-failed`: the PDS refused the call, could not be reached, or answered with too much
 * - `not-published`: the repository proves that it has no such record
 * - `invalid-proof`: what the PDS answered proves nothing: a wrong hash, signature or repository
 * - `not-a-lexicon`: there is a record, but it is no lexicon of this NSID
 * - `too-many`: more documents than anybody would mean
 */
export type ResolutionErrorCode =
  | 'authority-ambiguous'
  | 'authority-not-found'
  | 'dns-failed'
  | 'identity-failed'
  | 'invalid-nsid'
  | 'invalid-proof'
  | 'not-a-lexicon'
  | 'not-published'
  | 'pds-failed'
  | 'too-many'

/** A lexicon that could not be had from the network. The message begins with what was asked for. */
export class ResolutionError extends Error {
  override readonly name = 'ResolutionError'

  readonly code: ResolutionErrorCode

  /** The NSID that was asked for, or the group as `com.example.*`. */
  readonly asked: string

  /** Why it could not be had. */
  readonly problem: string

  constructor(asked: string, what: string, code: ResolutionErrorCode, cause?: unknown) {
    // The cause says what exactly: there is no stack to look at behind a command.
    const problem = cause instanceof Error ? `${what}: ${cause.message}` : what
    super(`${asked}: ${problem}`, { cause })
    this.code = code
    this.asked = asked
    this.problem = problem
  }
}
