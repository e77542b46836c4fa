// The blocks of the CAR file in a frame, where they are.

import { readVarint, varintSize } from '../base/index.ts'
import { CID_BYTES } from './cbor-scanner.ts'

/** Finds blocks by their CIDs. Their hashes are not checked, and nothing is copied. */
export class BlockFinder {
  readonly #file: Uint8Array
  // Blocks are mostly looked for in the order they are in.
  #at = 0

  constructor(file: Uint8Array) {
    this.#file = file
  }

  /** The block with the CID that begins at an offset of some bytes. */
  find(bytes: Uint8Array, cid: number): Uint8Array | undefined {
    const start = this.#at
    return this.#search(bytes, cid, start, this.#file.length) ?? this.#search(bytes, cid, 0, start)
  }

  /** Looks at the sections between two places: those are a length, a CID and a block each. */
  #search(bytes: Uint8Array, cid: number, from: number, to: number): Uint8Array | undefined {
    const file = this.#file
    for (let at = from; at < to;) {
      const length = readVarint(file, at)
      const start = at + varintSize(length)
      at = start + length
      // The file is cut, or none at all.
      if (length < 0 || at > file.length) break
      if (length >= CID_BYTES && isSameCid(file, start, bytes, cid)) {
        this.#at = at
        return file.subarray(start + CID_BYTES, at)
      }
    }
    return undefined
  }
}

/** Digests differ soonest at their end, where they are nothing but chance. */
function isSameCid(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number): boolean {
  for (let i = CID_BYTES - 1; i >= 0; i--) {
    if (a[aStart + i] !== b[bStart + i]) return false
  }
  return true
}
