// The blocks of a CAR file that is there as a whole, found by their links. No text is made of the
// CIDs, of which a repository of 100,000 records has 130,000.

import { hasSha256, readVarint, varintSize } from '../base/index.ts'
import { decodeCbor } from '../data/index.ts'
import type { CidString } from '../syntax/index.ts'
import type { BlockSource } from './block-store.ts'
import {
  DIGEST_OFFSET,
  formatLink,
  isLinkAt,
  LINK_BYTES,
  parseLink,
  rawLinkIn,
  sameLinkAt,
} from './link.ts'
import type { Link } from './link.ts'
import type { Blocks } from './mst-load.ts'
import { RepoError } from './repo-error.ts'

// Whoever makes the blocks cannot know where they go in the table, and so not make it slow.
const SEED_A = (Math.random() * 0x100000000) | 1
const SEED_B = (Math.random() * 0x100000000) | 1

const MAX_VIEWS = 64

/** Where the blocks of a CAR file are. The hashes of all of them have been checked. */
export class CarBlocks implements Blocks, BlockSource {
  /** What the header names first: of a repository or an event, the commit. */
  root: Link | undefined

  readonly #file: Uint8Array
  // Of the block with a number, where its CID begins and where it ends.
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  // Of the first blocks, which are all that most events have, the views that were hashed.
  readonly #views: Uint8Array[] = []
  // An open hash table of the numbers, plus one, of the blocks.
  readonly #slots: number[]
  readonly #shift: number

  /** @throws {RepoError} `invalid-car`, `hash-mismatch` */
  constructor(file: Uint8Array) {
    this.#file = file
    this.#readSections()
    const bits = 33 - Math.clz32(this.#starts.length)
    this.#slots = new Array<number>(1 << bits).fill(0)
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
    return this.#views[index] ?? this.#view(this.#starts[index]!, this.#ends[index]!)
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

  /** The parts of the file are its header and the blocks, each behind its length. */
  #readSections(): void {
    const file = this.#file
    for (let at = 0; at < file.length;) {
      const length = readVarint(file, at)
      const start = at + varintSize(length)
      const end = start + length
      if (length < 0 || end > file.length) throw invalidCar(`no length at byte ${at}`)
      if (at === 0) this.root = readRoot(file.subarray(start, end))
      else this.#addBlock(start, end)
      at = end
    }
  }

  #addBlock(start: number, end: number): void {
    const file = this.#file
    if (end - start < LINK_BYTES || !isLinkAt(file, start)) {
      throw invalidCar(`no CID of the protocol at byte ${start}`)
    }
    const view = this.#view(start, end)
    if (!hasSha256(view, file, start + DIGEST_OFFSET)) {
      const cid = formatLink({ bytes: file, at: start })
      throw new RepoError(`The block ${cid} has another hash`, { code: 'hash-mismatch', cid })
    }
    if (this.#views.length < MAX_VIEWS) this.#views.push(view)
    this.#starts.push(start)
    this.#ends.push(end)
  }

  #view(start: number, end: number): Uint8Array {
    return this.#file.subarray(start + LINK_BYTES, end)
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

/** The first link in a header, `{ roots: [link…], version: 1 }`. */
function readRoot(header: Uint8Array): Link | undefined {
  let value: unknown
  try {
    value = decodeCbor(header, { raw: true })
  } catch (cause) {
    throw invalidCar('its header is not DAG-CBOR', cause)
  }
  const { version, roots, ...others } = Object(value) as { version?: unknown; roots?: unknown }
  if (version !== 1 || !Array.isArray(roots) || Object.keys(others).length > 0) {
    throw invalidCar('its header is not of version 1')
  }
  const links = roots.map((root) => rawLinkIn(header, root))
  if (links.includes(undefined)) throw invalidCar('a root is not a link')
  return links[0]
}

function invalidCar(reason: string, cause?: unknown): RepoError {
  return new RepoError(`The CAR file cannot be read: ${reason}`, {
    code: 'invalid-car',
    ...(cause !== undefined && { cause }),
  })
}
