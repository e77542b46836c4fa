// Whether a `#sync` event is of the account it names (https://atproto.com/specs/sync#sync-events).

import { checkSyncEvent } from './check-sync-event.ts'
import { verifyCommit } from './commit-signature.ts'
import type { SignatureCheck } from './commit-signature.ts'
import type { CommitBlock } from './commit.ts'
import type { SyncEvent } from './repo-event.ts'
import type { VerifyEventOptions } from './verify-commit-event.ts'

/** What was found out about a `#sync` event. Nothing of it was wrong. */
export interface SyncVerification extends CommitBlock {
  /** Without the key of the account nobody knows who made the commit. */
  signature: SignatureCheck
}

/**
 * Checks a `#sync` event: all that {@link checkSyncEvent} does, and then the signature.
 *
 * @throws {RepoError} as {@link checkSyncEvent}, and `invalid-signature`, `invalid-signing-key`.
 */
export async function verifySyncEvent(
  event: SyncEvent,
  options: VerifyEventOptions = {},
): Promise<SyncVerification> {
  const checked = checkSyncEvent(event, options)
  return { ...checked, signature: await verifyCommit(checked, options) }
}
