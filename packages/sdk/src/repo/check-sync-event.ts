// Whether the content of a `#sync` event is sound (https://atproto.com/specs/sync#sync-events). Who
// signed it is not asked.

import { CarBlocks } from './car-blocks.ts'
import type { CheckEventOptions } from './check-commit-event.ts'
import type { CommitBlock } from './commit.ts'
import { findEventCommit } from './event-commit.ts'
import { MAX_SYNC_BYTES } from './limits.ts'
import { eventBlocks } from './repo-event.ts'
import type { SyncEvent } from './repo-event.ts'

/**
 * Checks all of a `#sync` event but its signature, at once. The event says what state a repository is
 * in and shows nothing of it but the commit: this must have the DID and the revision of the event,
 * which is not from the future.
 *
 * @returns The commit, for {@link verifyCommit}.
 * @throws {RepoError} `invalid-event`, `blocks-too-large`; `invalid-car`, `hash-mismatch`,
 * `missing-block`; `invalid-commit`, `event-mismatch`, `future-rev`.
 */
export function checkSyncEvent(event: SyncEvent, options: CheckEventOptions = {}): CommitBlock {
  const blocks = new CarBlocks(eventBlocks(event, MAX_SYNC_BYTES))
  return findEventCommit(blocks, event.did, event.rev, options.now ?? Date.now())
}
