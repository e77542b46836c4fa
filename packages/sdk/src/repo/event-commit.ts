// The commit of an event, and whether it is the one that the event speaks of.

import { isTid, tidParts } from '../syntax/index.ts'
import type { CarBlocks } from './car-blocks.ts'
import { MAX_CLOCK_DRIFT } from './limits.ts'
import { findCommit } from './car-commit.ts'
import type { CommitBlock } from './commit.ts'
import { RepoError } from './repo-error.ts'
import { invalidEvent } from './repo-event.ts'

/**
 * Finds the commit of an event: it must be of the account and have the revision that the event says,
 * and not be from the future.
 *
 * @param now Milliseconds since 1970.
 * @throws {RepoError} `event-mismatch`, `future-rev`, `invalid-car`, `missing-block`, `invalid-commit`
 */
export function findEventCommit(
  blocks: CarBlocks,
  did: string | undefined,
  rev: string,
  now: number,
): CommitBlock {
  const found = findCommit(blocks)
  const { commit } = found
  expectSame('repo', did, commit.did)
  expectSame('rev', rev, commit.rev)
  // The timestamp of a TID is in microseconds.
  if (tidParts(commit.rev).timestamp / 1000 > now + MAX_CLOCK_DRIFT) {
    throw new RepoError(`The rev ${commit.rev} is in the future`, { code: 'future-rev' })
  }
  return found
}

/**
 * Compares what an event says with its commit.
 *
 * @throws {RepoError} `event-mismatch`
 */
export function expectSame(field: string, said: string | undefined, actual: string): void {
  if (said === actual) return
  throw new RepoError(`The event has the ${field} ${said}, and its commit ${actual}`, {
    code: 'event-mismatch',
  })
}

/**
 * The revision that an event follows must be before its own.
 *
 * @throws {RepoError} `invalid-event`, `rev-order`
 */
export function checkSince(since: string | null, rev: string): void {
  if (since === null) return
  if (!isTid(since)) throw invalidEvent('since is not a TID')
  if (since >= rev) {
    throw new RepoError(`The rev ${rev} does not come after ${since}`, { code: 'rev-order' })
  }
}
