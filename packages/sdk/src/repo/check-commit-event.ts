// Whether the content of a `#commit` event is what happened to a repository, by the event alone
// (https://atproto.com/specs/sync#reliable-repository-synchronization). Who signed it is not asked.

import type { CidString } from '../syntax/index.ts'
import { CarBlocks } from './car-blocks.ts'
import { checkOp, invertOps, parseOps } from './commit-ops.ts'
import type { CommitOp } from './commit-ops.ts'
import type { CommitBlock, RepoCommit } from './commit.ts'
import { checkSince, expectSame, findEventCommit } from './event-commit.ts'
import { MAX_COMMIT_BYTES } from './limits.ts'
import { equalLinks, formatLink, parseLink } from './link.ts'
import type { Link } from './link.ts'
import { heightFault, mstKeyHeight } from './mst-key.ts'
import { loadTop } from './mst-load.ts'
import type { Blocks } from './mst-load.ts'
import { linkOfTop } from './mst-node-encode.ts'
import type { Tree } from './mst-node.ts'
import { RepoError } from './repo-error.ts'
import { eventBlocks, eventLink } from './repo-event.ts'
import type { CommitEvent } from './repo-event.ts'
import { RepoRecord } from './repo-record.ts'

/** What is known besides an event. */
export interface CheckEventOptions {
  /** The time by which a revision is in the future, in milliseconds since 1970. Default: now. */
  now?: number | undefined
}

/** What is known besides a `#commit` event. */
export interface CheckCommitEventOptions extends CheckEventOptions {
  /** The root of the tree as it was last known, which the event must follow. */
  prevData?: CidString | undefined
}

/**
 * What was found out about the content of a `#commit` event. Nothing of it was wrong, but some may not
 * be known: not whether the commit is of the account, which takes {@link verifyCommit}.
 */
export interface CheckedCommitEvent extends CommitBlock {
  /** The records that were created or updated, in the order of the operations. */
  records: RepoRecord[]
  /**
   * Whether the operations are all that happened: undone, they must lead back to `prevData`. That
   * cannot be found out where the event lacks it, or lacks the `prev` of an update or a deletion, as
   * those of older servers do.
   */
  inversion: 'verified' | 'no-prev-data' | 'no-op-prev'
  /** Whether the commit was found to follow the tree that the options tell. */
  prevData: 'verified' | 'not-compared'
}

/**
 * Checks all of a `#commit` event but its signature, at once: the hashes of its blocks; that its
 * commit has its DID and revision, which is not from the future; that each operation agrees with the
 * tree, whose nodes are checked; that the operations are all there are; and the limits of size. Blocks
 * that nothing refers to are ignored, and so are `tooBig` and `blobs`.
 *
 * Of whom the commit is, nobody knows before {@link verifyCommit} has verified its signature.
 *
 * @returns What could be checked, and what could not.
 * @throws {RepoError} `invalid-event`, `invalid-cid`, `blocks-too-large`, `too-many-ops`; `invalid-car`,
 * `hash-mismatch`, `missing-block`; `invalid-commit`, `event-mismatch`, `future-rev`, `rev-order`;
 * `invalid-op`, `duplicate-op`, `invalid-path`, `op-mismatch`, `record-too-large`;
 * `inversion-mismatch` (the operations do not lead back to `prevData`), `prev-data-mismatch` (it is
 * not the root that the options tell); and of the tree the codes that `readRepo` has.
 *
 * @example
 * ```ts
 * const checked = checkCommitEvent(event)
 * for (const { uri, record } of checked.records) console.log(uri, record)
 * await verifyCommit(checked, { signingKey })
 * ```
 */
export function checkCommitEvent(
  event: CommitEvent,
  options: CheckCommitEventOptions = {},
): CheckedCommitEvent {
  const blocks = new CarBlocks(eventBlocks(event, MAX_COMMIT_BYTES))
  const did = event.did ?? event.repo
  const { commit, block } = findEventCommit(blocks, did, event.rev, options.now ?? Date.now())
  // As text it is mostly the same: to read it first would take longer.
  if (event.commit !== commit.cid) {
    expectSame('commit', formatLink(eventLink(event.commit, 'commit')), commit.cid)
  }
  checkSince(event.since, event.rev)
  return { commit, block, ...checkContent(event, commit, blocks, options.prevData) }
}

function checkContent(
  event: CommitEvent,
  commit: RepoCommit,
  blocks: CarBlocks,
  known: CidString | undefined,
): Pick<CheckedCommitEvent, 'records' | 'inversion' | 'prevData'> {
  const prevData = findPrevData(event, known)
  const ops = parseOps(event.ops)
  const isInvertible = ops.every((op) => op.isInvertible)
  // Where the operations can be undone, checkInversion finds out what the heights are.
  const checkHeights = !prevData || !isInvertible
  const nodes: Blocks = { find: (link) => blocks.find(link), checkHeights }
  const top = loadTop(parseLink(commit.data), nodes)
  const records: RepoRecord[] = []
  for (const op of ops) {
    const record = checkOp(op, top, nodes)
    if (op.cid && record) records.push(new RepoRecord(commit.did, op.path, op.cid, record))
  }
  let inversion: CheckedCommitEvent['inversion'] = 'no-op-prev'
  if (!prevData) inversion = event.since === null ? checkFirst(ops, top, nodes) : 'no-prev-data'
  else if (isInvertible) {
    checkInversion(invertOps(ops, top, nodes), prevData, top)
    inversion = 'verified'
  }
  const isCompared = known !== undefined && (event.prevData || inversion === 'verified')
  return { records, inversion, prevData: isCompared ? 'verified' : 'not-compared' }
}

/** What the tree was before: the event says it, and must not say otherwise than what is known. */
function findPrevData({ prevData }: CommitEvent, known: CidString | undefined): Link | undefined {
  const before = known === undefined ? undefined : parseLink(known)
  if (prevData === null || prevData === undefined) return before
  const said = eventLink(prevData, 'prevData')
  if (!before || equalLinks(said, before)) return said
  throw new RepoError(`The event follows the tree ${formatLink(said)}, and not ${known}`, {
    code: 'prev-data-mismatch',
  })
}

/**
 * Compares what the tree was without the operations with what it was before.
 *
 * If the tree before was sound, then this also shows that every key of the new one has its height,
 * though only few were hashed: its own keys are at their heights, and no edit moves a key from one
 * layer to another. So a key of the new tree that was there before stands where it stood, counted
 * from the top; and that the top is counted right shows a key of it. Keys of operations are looked at
 * by checkOp. Whether the tree before was sound no event can show, as it holds but a few of the nodes.
 */
function checkInversion(before: Tree, prevData: Link, after: Tree): void {
  const found = linkOfTop(before)
  if (!equalLinks(found, prevData)) {
    throw new RepoError(
      `Without its operations the tree is ${formatLink(found)}, and not ${formatLink(prevData)}`,
      { code: 'inversion-mismatch' },
    )
  }
  const key = before?.node?.keys[0]
  if (!before || key === undefined) return
  // Of the tree after them the first key told the height.
  if (key === after?.node?.keys[0] && before.height === after.height) return
  const height = mstKeyHeight(key)
  if (height !== before.height) throw heightFault(key, height, before.height)
}

/** What says that it comes after nothing may be the first commit: all of the tree was created then. */
function checkFirst(
  ops: readonly CommitOp[],
  top: Tree,
  blocks: Blocks,
): CheckedCommitEvent['inversion'] {
  if (!ops.every(({ isInvertible, prev }) => isInvertible && !prev)) return 'no-prev-data'
  try {
    return invertOps(ops, top, blocks) ? 'no-prev-data' : 'verified'
  } catch (error) {
    if (error instanceof RepoError && error.code === 'missing-block') return 'no-prev-data'
    throw error
  }
}
