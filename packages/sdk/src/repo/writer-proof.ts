// What a reader needs of a tree to check the operations that led to it
// (https://atproto.com/specs/repository#repository-diffs).

import type { CidString } from '../syntax/index.ts'
import type { BlockSource } from './block-store.ts'
import type { RepoOp } from './diff-repos.ts'
import { Mst } from './mst.ts'

/**
 * The nodes of a tree that are needed to find its operations in it, and to undo them. They are found
 * by doing it: what that reads is what it takes. Readers need not agree on how they do it: each
 * operation is undone by itself, and the nodes of the keys on both sides of it are there, so that any
 * order will do.
 *
 * @param made The nodes that are new: a reader gets them in any case.
 * @param before The blocks of the tree before.
 * @returns The nodes that were there before.
 * @throws {RepoError} `missing-block`, and what is wrong with the nodes of the tree before.
 */
export function proofNodes(
  tree: Mst,
  ops: readonly RepoOp[],
  made: BlockSource,
  before: BlockSource,
): ReadonlyMap<CidString, Uint8Array> {
  const nodes = new Map<CidString, Uint8Array>()
  const read = Mst.load(tree.root(), {
    get(cid) {
      const block = made.get(cid)
      if (block) return block
      const bytes = before.get(cid)
      if (bytes) nodes.set(cid, bytes)
      return bytes
    },
  })
  for (const { path, prev } of ops) {
    // The way to where a key is not leads past both of its neighbours.
    read.update([[path, prev ?? undefined]]).get(path)
  }
  return nodes
}
