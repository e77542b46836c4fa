// The events of `com.atproto.sync.subscribeRepos` that a writer gives.

import { encodeCar } from '../data/index.ts'
import type { CidLink } from '../data/index.ts'
import { currentDatetime } from '../syntax/index.ts'
import type { CidString, Datetime, Did, Tid } from '../syntax/index.ts'
import type { RepoCommit } from './commit.ts'
import type { RepoOp } from './diff-repos.ts'
import { MAX_COMMIT_BYTES } from './limits.ts'
import { RepoError } from './repo-error.ts'
import type { CommitEvent, CommitEventOp, SyncEvent } from './repo-event.ts'
import type { SignedCommit } from './writer-commit.ts'

/** One operation of a {@link WrittenCommitEvent}. */
export interface WrittenOp extends CommitEventOp {
  readonly action: RepoOp['action']
  readonly cid: CidLink | null
  /** The record before; only of an update or a deletion. */
  readonly prev?: CidLink
}

/**
 * A `#commit` event, whole but for its `seq`, which the stream gives it. Encode it for the stream with
 * the raw option of `encodeCbor`, as `blocks` are a `Uint8Array`.
 */
export interface WrittenCommitEvent extends CommitEvent {
  readonly repo: Did
  readonly rev: Tid
  readonly since: Tid
  readonly commit: CidLink
  readonly prevData: CidLink
  readonly blocks: Uint8Array<ArrayBuffer>
  readonly ops: readonly WrittenOp[]
  readonly time: Datetime
  /** Required by the lexicon, and of no use any more, as the two below. */
  readonly blobs: readonly []
  readonly rebase: false
  readonly tooBig: false
}

/** A `#sync` event, whole but for its `seq`. */
export interface WrittenSyncEvent extends SyncEvent {
  readonly did: Did
  readonly rev: Tid
  readonly blocks: Uint8Array<ArrayBuffer>
  readonly time: Datetime
}

/**
 * Makes the event of a commit.
 *
 * @param blocks What a reader needs to check it, besides the commit.
 * @throws {RepoError} `blocks-too-large`
 */
export function formatCommitEvent(
  { commit, block }: SignedCommit,
  before: RepoCommit,
  ops: readonly RepoOp[],
  blocks: Iterable<readonly [CidString, Uint8Array]>,
): WrittenCommitEvent {
  const others = Array.from(blocks, ([cid, bytes]) => ({ cid, bytes }))
  const car = encodeCar([commit.cid], [block, ...others])
  if (car.length > MAX_COMMIT_BYTES) {
    throw new RepoError(`A commit has ${MAX_COMMIT_BYTES} bytes at most, not ${car.length}`, {
      code: 'blocks-too-large',
    })
  }
  return {
    repo: commit.did,
    rev: commit.rev,
    since: before.rev,
    commit: link(commit.cid),
    prevData: link(before.data),
    blocks: car,
    ops: ops.map(({ action, path, cid, prev }) => ({
      action,
      path,
      cid: cid === null ? null : link(cid),
      ...(prev !== null && { prev: link(prev) }),
    })),
    time: currentDatetime(),
    blobs: [],
    rebase: false,
    tooBig: false,
  }
}

/** Makes the event that says what the state of a repository is. */
export function formatSyncEvent({ commit, block }: SignedCommit): WrittenSyncEvent {
  const { did, rev, cid } = commit
  return { did, rev, blocks: encodeCar([cid], [block]), time: currentDatetime() }
}

function link(cid: CidString): CidLink {
  return { $link: cid }
}
