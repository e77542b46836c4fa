// The roots of a CAR file, and whether their blocks are in it.

import type { CidString } from '../syntax/index.ts'
import { CID_BYTES, formatCidAt, isCidAt } from './cid.ts'
import { carFault } from './car-fault.ts'

// The canonical DAG-CBOR of `{ roots: [link…], version: 1 }` around the links, and before each of them.
const MAP_AND_ROOTS = [0xa2, 0x65, 0x72, 0x6f, 0x6f, 0x74, 0x73]
const VERSION_1 = [0x67, 0x76, 0x65, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0x01]
const LINK = [0xd8, 0x2a, 0x58, 0x25, 0x00]
const ROOT_BYTES = LINK.length + CID_BYTES
const FIXED_BYTES = MAP_AND_ROOTS.length + 1 + VERSION_1.length

/**
 * The roots that a header names. There may be none. As its encoding is canonical, and nothing else may
 * stand in it, its bytes are known but for the links: it takes no decoder to read it.
 *
 * @throws {DataError} `car-header`
 */
export function readRoots(header: Uint8Array): CidString[] {
  let at = 0
  const skip = (expected: Iterable<number>): void => {
    for (const byte of expected) if (header[at++] !== byte) throw carFault('car-header', 0)
  }
  skip(MAP_AND_ROOTS)
  const count = Math.floor((header.length - FIXED_BYTES) / ROOT_BYTES)
  skip(listHead(count))
  const roots: CidString[] = []
  for (let i = 0; i < count; i++) {
    skip(LINK)
    if (!isCidAt(header, at)) throw carFault('car-header', 0)
    roots.push(formatCidAt(header, at))
    at += CID_BYTES
  }
  skip(VERSION_1)
  if (at !== header.length) throw carFault('car-header', 0)
  return roots
}

/** Takes note of the blocks that go by, and of the roots that were not among them. */
export class RootWatch {
  readonly #missing: Set<CidString>

  constructor(roots: readonly CidString[]) {
    this.#missing = new Set(roots)
  }

  /** To be called for each block. */
  saw(cid: CidString): void {
    if (this.#missing.size > 0) this.#missing.delete(cid)
  }

  /**
   * To be called at the end.
   *
   * @throws {DataError} `root-missing`
   */
  finish(offset: number): void {
    if (this.#missing.size > 0) throw carFault('root-missing', offset)
  }
}

/** The head of a list with fewer than 2^16 items, in its shortest form. */
function listHead(count: number): number[] {
  if (count < 24) return [0x80 + count]
  return count < 256 ? [0x98, count] : [0x99, count >> 8, count & 0xff]
}
