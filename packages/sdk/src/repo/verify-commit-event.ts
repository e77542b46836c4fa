// Whether a `#commit` event is what its account did
// (https://atproto.com/specs/sync#reliable-repository-synchronization).

import { checkCommitEvent } from './check-commit-event.ts'
import type {
  CheckCommitEventOptions,
  CheckedCommitEvent,
  CheckEventOptions,
} from './check-commit-event.ts'
import { verifyCommit } from './commit-signature.ts'
import type { CommitOptions, SignatureCheck } from './commit-signature.ts'
import type { CommitEvent } from './repo-event.ts'

/** What is known besides an event, and how its signature is verified. */
export interface VerifyEventOptions extends CheckEventOptions, Omit<CommitOptions, 'did'> {}

/** What is known besides a `#commit` event, and how its signature is verified. */
export interface VerifyCommitEventOptions extends CheckCommitEventOptions, VerifyEventOptions {}

/** What was found out about a `#commit` event. Nothing of it was wrong, but some may not be known. */
export interface CommitVerification extends CheckedCommitEvent {
  /** Without the key of the account nobody knows who made the commit. */
  signature: SignatureCheck
}

/**
 * Checks a `#commit` event: all that {@link checkCommitEvent} does, and then the signature.
 *
 * @returns What could be checked, and what could not.
 * @throws {RepoError} as {@link checkCommitEvent}, and `invalid-signature`, `invalid-signing-key`.
 *
 * @example
 * ```ts
 * const { inversion } = await verifyCommitEvent(event, { signingKey, prevData: lastCommit.data })
 * if (inversion !== 'verified') console.warn(`${event.repo}: ${inversion}`)
 * ```
 */
export async function verifyCommitEvent(
  event: CommitEvent,
  options: VerifyCommitEventOptions = {},
): Promise<CommitVerification> {
  const checked = checkCommitEvent(event, options)
  return { ...checked, signature: await verifyCommit(checked, options) }
}
