// Whether a `#sync` event is of the account it names (https://atproto.com/specs/sync#sync-events).

import { CarBlocks } from './car-blocks.ts'
import { verifyCommit } from './commit.ts'
import type { RepoCommit, SignatureCheck } from './commit.ts'
import { findEventCommit } from './event-commit.ts'
import { MAX_SYNC_BYTES } from './limits.ts'
import { eventBlocks } from './repo-event.ts'
import type { SyncEvent } from './repo-event.ts'
import type { VerifyEventOptions } from './verify-commit-event.ts'

/** What was found out about a `#sync` event. Nothing of it was wrong. */
export interface SyncVerification {
  commit: RepoCommit
  /** Without the key of the account nobody knows who made the commit. */
  signature: SignatureCheck
}

/**
 * Checks a `#sync` event, which says what state a repository is in and shows nothing of it but the
 * commit: that this has the DID and the revision of the event, which is not from the future, and the
 * signature.
 *
 * @throws {RepoError} `invalid-event`, `blocks-too-large`; `invalid-car`, `hash-mismatch`,
 * `missing-block`; `invalid-commit`, `event-mismatch`, `future-rev`; `invalid-signature`,
 * `invalid-signing-key`.
 */
export async function verifySyncEvent(
  event: SyncEvent,
  options: VerifyEventOptions = {},
): Promise<SyncVerification> {
  const blocks = new CarBlocks(eventBlocks(event, MAX_SYNC_BYTES))
  const now = options.now ?? Date.now()
  const { commit, block } = findEventCommit(blocks, event.did, event.rev, now)
  return { commit, signature: await verifyCommit(commit, block, options) }
}
