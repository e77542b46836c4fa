// The blocks of a CAR file that is there as a whole, found by their links. No text is made of the
// CIDs, of which a repository of 100,000 records has 130,000.

import { hasSha256, readVarint, varintSize } from '../base/index.ts'
import { DataError, readCarBytes } from '../data/index.ts'
import type { CidString } from '../syntax/index.ts'
import type { BlockSource } from './block-store.ts'
import { DIGEST_OFFSET, isLinkAt, LINK_BYTES, parseLink, sameLinkAt } from './link.ts'
import type { Link } from './link.ts'
import type { Blocks } from './mst-load.ts'
import { RepoError } from './repo-error.ts'

// Whoever makes the blocks cannot know where they go in the table, and so not make it slow.
const SEED_A = (Math.random() * 0x100000000) | 1
const SEED_B = (Math.random() * 0x100000000) | 1

/** Where the blocks of a CAR file are. The hashes of all of them have been checked. */
export class CarBlocks implements Blocks, BlockSource {
  /** What the header names: of a repository or an event, the commit comes first. */
  readonly roots: readonly CidString[]

  readonly #file: Uint8Array
  // Of the block with a number, where its CID begins and where it ends.
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  // An open hash table of the numbers, plus one, of the blocks.
  readonly #slots: Int32Array
  readonly #shift: number

  /** @throws {RepoError} `invalid-car`, `hash-mismatch` */
  constructor(file: Uint8Array) {
    this.#file = file
    this.roots = rootsOf(file)
    this.#readSections()
    const bits = 33 - Math.clz32(this.#starts.length)
    this.#slots = new Int32Array(1 << bits)
    this.#shift = 32 - bits
    for (let number = 0; number < this.#starts.length; number++) {
      // Of a block that is there twice, either will do.
      this.#slots[this.#slotOf(file, this.#starts[number]!)] = number + 1
    }
  }

  /** The number of the block that a link leads to, or -1. */
  indexOf({ bytes, at }: Link): number {
    return this.#slots[this.#slotOf(bytes, at)]! - 1
  }

  /** The bytes of the block with a number: a view of the file. */
  block(index: number): Uint8Array {
    return this.#file.subarray(this.#starts[index]! + LINK_BYTES, this.#ends[index])
  }

  /** The link to the block with a number. */
  link(index: number): Link {
    return { bytes: this.#file, at: this.#starts[index]! }
  }

  find(link: Link): Uint8Array | undefined {
    const index = this.indexOf(link)
    return index < 0 ? undefined : this.block(index)
  }

  get(cid: CidString): Uint8Array | undefined {
    return this.find(parseLink(cid))
  }

  #readSections(): void {
    const file = this.#file
    for (let at = sectionEnd(file, 0); at < file.length;) {
      const end = sectionEnd(file, at)
      const start = end - readVarint(file, at)
      if (end - start < LINK_BYTES || !isLinkAt(file, start)) throw faultOf(file)
      const block = file.subarray(start + LINK_BYTES, end)
      if (!hasSha256(block, file, start + DIGEST_OFFSET)) throw faultOf(file)
      this.#starts.push(start)
      this.#ends.push(end)
      at = end
    }
  }

  /** The slot that a link is in, or else the free one that it belongs in. */
  #slotOf(bytes: Uint8Array, at: number): number {
    const file = this.#file
    const slots = this.#slots
    for (let slot = hash(bytes, at) >>> this.#shift; ; slot = (slot + 1) & (slots.length - 1)) {
      const number = slots[slot]!
      if (number === 0 || sameLinkAt(file, this.#starts[number - 1]!, bytes, at)) return slot
    }
  }
}

/** Mixes eight bytes of the digest. */
function hash(bytes: Uint8Array, at: number): number {
  const a = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
  const b =
    bytes[at + 8]! | (bytes[at + 9]! << 8) | (bytes[at + 10]! << 16) | (bytes[at + 11]! << 24)
  return Math.imul(a, SEED_A) + Math.imul(b, SEED_B)
}

function rootsOf(file: Uint8Array): readonly CidString[] {
  try {
    return readCarBytes(file).roots
  } catch (error) {
    throw carFault(error)
  }
}

/** Where the section that begins at an offset ends. */
function sectionEnd(file: Uint8Array, at: number): number {
  const length = readVarint(file, at)
  const end = at + varintSize(length) + length
  if (length < 0 || end > file.length) throw faultOf(file)
  return end
}

/** What the reader of CAR files, which is slower, has to say about a file with a fault. */
function faultOf(file: Uint8Array): Error {
  try {
    for (const block of readCarBytes(file).blocks) block.bytes.subarray(0)
  } catch (error) {
    return carFault(error)
  }
  return new RepoError('The CAR file cannot be read', { code: 'invalid-car' })
}

/** The error of this layer for one of the reader of CAR files. Others stay what they are. */
export function carFault(error: unknown): Error {
  if (!(error instanceof DataError)) return error as Error
  return new RepoError(error.message, {
    code: error.code === 'hash-mismatch' ? 'hash-mismatch' : 'invalid-car',
    cause: error,
  })
}
