// Where the blocks of repositories are kept.

import type { CidString } from '../syntax/index.ts'

/**
 * Keeps blocks by their CIDs: in memory, in SQLite, in LMDB. It answers at once, as looking something
 * up in a tree is a chain of small reads. For blocks that must be waited for there is
 * {@link withFetchedBlocks}.
 */
export interface BlockStore {
  /** The bytes of a block, or undefined where it is not here. Nobody changes them. */
  get(cid: CidString): Uint8Array | undefined
  /** Keeps a block. Whether the bytes have the hash that the CID says is not looked at. */
  put(cid: CidString, bytes: Uint8Array): void
}

/** The part of a {@link BlockStore} that reading needs. */
export type BlockSource = Pick<BlockStore, 'get'>

/** Keeps blocks in memory. */
export class MemoryBlockStore implements BlockStore {
  readonly #blocks: Map<CidString, Uint8Array> = new Map()

  /** How many blocks there are. */
  get size(): number {
    return this.#blocks.size
  }

  get(cid: CidString): Uint8Array | undefined {
    return this.#blocks.get(cid)
  }

  put(cid: CidString, bytes: Uint8Array): void {
    this.#blocks.set(cid, bytes)
  }

  /** Forgets a block. */
  delete(cid: CidString): void {
    this.#blocks.delete(cid)
  }
}
