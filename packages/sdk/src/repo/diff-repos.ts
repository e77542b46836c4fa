// What happened between two states of a repository.

import type { CidString, Nsid, RecordKey } from '../syntax/index.ts'
import { CarBlocks } from './car-blocks.ts'
import { Mst } from './mst.ts'
import { findCommit } from './car-commit.ts'

/** A change of one record, as the operations of `#commit` events have it. */
export interface RepoOp {
  action: 'create' | 'update' | 'delete'
  /** `collection/rkey` */
  path: string
  collection: Nsid
  rkey: RecordKey
  /** The record as it is now; null where it was deleted. */
  cid: CidString | null
  /** The record as it was before; null where it was created. */
  prev: CidString | null
}

/**
 * The changes that lead from one state of a repository to another, in the order of their paths. A
 * state is a CAR file, of which every hash is checked but no signature, or a tree. Nodes that both
 * have are not looked into, so that few changes of large trees cost little, and need not be in either
 * file.
 *
 * @throws {RepoError} as `readRepo`, of the blocks that it needs.
 *
 * @example
 * ```ts
 * for (const { action, path } of diffRepos(yesterday, today)) console.log(action, path)
 * ```
 */
export function diffRepos(before: Uint8Array | Mst, after: Uint8Array | Mst): RepoOp[] {
  return Array.from(treeOf(before).diff(treeOf(after)), ({ key, before: prev, after: cid }) => {
    const slash = key.indexOf('/')
    return {
      action: prev === undefined ? 'create' : cid === undefined ? 'delete' : 'update',
      path: key,
      collection: key.slice(0, slash) as Nsid,
      rkey: key.slice(slash + 1),
      cid: cid ?? null,
      prev: prev ?? null,
    }
  })
}

function treeOf(state: Uint8Array | Mst): Mst {
  if (state instanceof Mst) return state
  const blocks = new CarBlocks(state)
  return Mst.load(findCommit(blocks).commit.data, blocks)
}
