// The operations of a `#commit` event: whether they are what happened to the tree, and the tree
// before them.

import { equalLinks } from './link.ts'
import type { Link } from './link.ts'
import { MAX_COMMIT_OPS, MAX_RECORD_BYTES } from './limits.ts'
import { MstEditor } from './mst-edit.ts'
import { heightFault, mstKeyHeight } from './mst-key.ts'
import { findBlock, findKey, keptNode } from './mst-load.ts'
import type { Blocks, FoundKey } from './mst-load.ts'
import { childRange } from './mst-node.ts'
import type { Tree } from './mst-node.ts'
import { PathChecker } from './record-path.ts'
import { RepoError } from './repo-error.ts'
import { eventLink, invalidEvent } from './repo-event.ts'
import type { CommitEventOp } from './repo-event.ts'

/** An operation whose fields agree with its action. */
export interface CommitOp {
  readonly path: string
  /** The height of the path in the tree. */
  readonly height: number
  /** The record now; undefined where it was deleted. */
  readonly cid: Link | undefined
  /** The record before; undefined where it was created, or where the event does not say. */
  readonly prev: Link | undefined
  /** Whether what was before is known: nothing, or `prev`. */
  readonly isInvertible: boolean
}

/**
 * Reads the operations of an event.
 *
 * @throws {RepoError} `invalid-event`, `invalid-cid`, `too-many-ops`, `invalid-op`, `duplicate-op`,
 * `invalid-path`
 */
export function parseOps(ops: readonly CommitEventOp[]): CommitOp[] {
  if (!Array.isArray(ops)) throw invalidEvent('ops are not a list')
  if (ops.length > MAX_COMMIT_OPS) {
    throw new RepoError(`The event has ${ops.length} operations, of ${MAX_COMMIT_OPS} at most`, {
      code: 'too-many-ops',
    })
  }
  const paths = new PathChecker()
  const seen = new Set<string>()
  return ops.map((op: CommitEventOp) => {
    const path: unknown = op?.path
    if (typeof path !== 'string') throw invalidEvent('an operation has no path')
    paths.check(path)
    if (seen.has(path)) {
      throw new RepoError('Two operations are on the same path', { code: 'duplicate-op', path })
    }
    seen.add(path)
    return parseOp(op)
  })
}

function parseOp({ action, path, cid, prev }: CommitEventOp): CommitOp {
  const now = cid === null ? undefined : eventLink(cid, 'cid')
  const before = prev === null || prev === undefined ? undefined : eventLink(prev, 'prev')
  const isSound =
    action === 'create'
      ? now && !before
      : action === 'update'
        ? now !== undefined
        : action === 'delete' && !now
  if (!isSound) {
    throw new RepoError(`The fields of an operation do not make a ${action}`, {
      code: 'invalid-op',
      path,
    })
  }
  return {
    path,
    height: mstKeyHeight(path),
    cid: now,
    prev: before,
    isInvertible: action === 'create' || before !== undefined,
  }
}

/**
 * Compares an operation with the tree after it, and gives the block of its record.
 *
 * @throws {RepoError} `op-mismatch`, `key-height`, `missing-block`, `record-too-large`
 */
export function checkOp(
  { path, height, cid, prev }: CommitOp,
  top: Tree,
  blocks: Blocks,
): Uint8Array | undefined {
  const found = findKey(top, path, blocks)
  if (cid ? !found || !equalLinks(found.value, cid) : found) {
    throw new RepoError('An operation does not agree with the tree', { code: 'op-mismatch', path })
  }
  if (!cid) return undefined
  const { node } = found!
  if (node.height !== height) throw heightFault(path, height, node.height)
  if (!prev) checkBeside(found!, blocks)
  const block = findBlock(cid, blocks)
  if (block.length > MAX_RECORD_BYTES) {
    throw new RepoError(`A record has over ${MAX_RECORD_BYTES} bytes`, {
      code: 'record-too-large',
      path,
    })
  }
  return block
}

/**
 * Reads the nodes on both sides of a new key, down to its neighbours: the keys before it must be before
 * it, and those behind it behind. To undo the operation both sides are joined, for which they are not
 * read where one is empty. So an event need not show them, and what it does not show is not looked at.
 */
function checkBeside({ node, index, range }: FoundKey, blocks: Blocks): void {
  for (const side of [0, 1]) {
    let parent = node
    let at = index + side
    let bounds = range
    for (let tree = node.trees[at]; tree && (tree.node ?? blocks.find(tree.link!));) {
      bounds = childRange(parent, at, bounds)
      parent = keptNode(tree, blocks, bounds)
      at = side === 0 ? parent.keys.length : 0
      tree = parent.trees[at]
    }
  }
}

/**
 * The tree before some operations, all of which are invertible. Keys come back before others go, so
 * that what is between them never falls together.
 *
 * @throws {RepoError} `missing-block`, and what is wrong with the nodes that it needs.
 */
export function invertOps(ops: readonly CommitOp[], top: Tree, blocks: Blocks): Tree {
  const editor = new MstEditor(blocks)
  let tree = top
  for (const { path, height, prev } of ops) {
    if (prev) tree = editor.set(tree, { key: path, height, value: prev })
  }
  for (const { path, height, prev } of ops) {
    if (!prev) tree = editor.delete(tree, path, height)
  }
  return tree
}
