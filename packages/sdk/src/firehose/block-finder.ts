// The blocks of the CAR file in a frame, where they are.

import { readVarint, varintSize } from '../base/index.ts'
import { CID_BYTES } from './cbor-scanner.ts'

/** Finds blocks by their CIDs. Their hashes are not checked, and nothing is copied. */
export class BlockFinder {
  readonly #file: Uint8Array
  // Of the block with a number, where its CID begins and where it ends.
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  /** The numbers of blocks by some bytes of their CIDs. Of those that share them, one is enough. */
  readonly #numbers = new Map<number, number>()

  /** @param file Where it is cut, or no CAR file, it has the blocks that come before. */
  constructor(file: Uint8Array) {
    this.#file = file
    for (let at = 0; at < file.length;) {
      const length = readVarint(file, at)
      const start = at + varintSize(length)
      at = start + length
      if (length < 0 || at > file.length) break
      // The header, which may be as long, is no more than a block that nobody looks for.
      if (length < CID_BYTES) continue
      this.#numbers.set(mark(file, start), this.#starts.push(start) - 1)
      this.#ends.push(at)
    }
  }

  /** The block with the CID that begins at an offset of some bytes. */
  find(bytes: Uint8Array, cid: number): Uint8Array | undefined {
    const file = this.#file
    let number = this.#numbers.get(mark(bytes, cid)) ?? -1
    if (number >= 0 && !isSameCid(file, this.#starts[number]!, bytes, cid)) {
      number = this.#starts.findIndex((start) => isSameCid(file, start, bytes, cid))
    }
    if (number < 0) return undefined
    return file.subarray(this.#starts[number]! + CID_BYTES, this.#ends[number])
  }
}

/** The last bytes of a CID, which are those of its digest. */
function mark(bytes: Uint8Array, cid: number): number {
  const end = cid + CID_BYTES
  return (bytes[end - 1]! << 16) | (bytes[end - 2]! << 8) | bytes[end - 3]!
}

function isSameCid(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number): boolean {
  for (let i = CID_BYTES - 1; i >= 0; i--) {
    if (a[aStart + i] !== b[bStart + i]) return false
  }
  return true
}
