// CAR files that are there as a whole.

import { varintSize } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { carFault } from './car-fault.ts'
import { carSettings } from './car-options.ts'
import type { CarReadOptions, CarSettings } from './car-options.ts'
import { readRoots, RootWatch } from './car-roots.ts'
import { readBlock, readLength } from './car-section.ts'
import type { CarBlock } from './car-section.ts'

/** A CAR file that is there as a whole. */
export interface Car {
  /** What the file is about: in that of a repository, its commit. There may be none. */
  roots: CidString[]
  /** The blocks in the order of the file, duplicates included. Each iteration reads them anew. */
  blocks: Iterable<CarBlock>
}

/** Where a block lies in the bytes of a CAR file. */
export interface CarEntry {
  offset: number
  length: number
}

/** The blocks of a CAR file by their CIDs. */
export interface CarIndex {
  roots: CidString[]
  /** In the order of the file. Of a block that is there twice, the last place. */
  entries: Map<CidString, CarEntry>
}

/**
 * Reads a CAR file that is there as a whole. The blocks are read as they are asked for. As `readCar`,
 * but for a smaller program: the reader of streams stays out of it.
 *
 * @throws {DataError} as `readCar` and its blocks.
 */
export function readCarBytes(bytes: Uint8Array, options?: CarReadOptions): Car {
  const settings = carSettings(options)
  const length = readLength(bytes, 0, 0, settings.maxHeaderBytes, 'header')
  const start = varintSize(length) + length
  if (start > bytes.length) throw carFault('truncated', 0)
  const roots = readRoots(bytes.subarray(start - length, start))
  return { roots, blocks: { [Symbol.iterator]: () => readBlocks(bytes, start, roots, settings) } }
}

/**
 * Looks through a CAR file once, so that its blocks can be had in any order: a block is
 * `bytes.subarray(offset, offset + length)`. Nothing is copied.
 *
 * @throws {DataError} as `readCar` and its blocks.
 */
export function indexCar(bytes: Uint8Array, options?: CarReadOptions): CarIndex {
  const { roots, blocks } = readCarBytes(bytes, options)
  const entries = new Map<CidString, CarEntry>()
  for (const block of blocks) {
    entries.set(block.cid, {
      offset: block.bytes.byteOffset - bytes.byteOffset,
      length: block.bytes.length,
    })
  }
  return { roots, entries }
}

function* readBlocks(
  bytes: Uint8Array,
  start: number,
  roots: readonly CidString[],
  { verify, maxBlockBytes }: CarSettings,
): Generator<CarBlock, void, undefined> {
  const watch = new RootWatch(verify ? roots : [])
  let at = start
  while (at < bytes.length) {
    const length = readLength(bytes, at, 0, maxBlockBytes, 'block')
    const cidStart = at + varintSize(length)
    const end = cidStart + length
    if (end > bytes.length) throw carFault('truncated', at)
    const block = readBlock(bytes, cidStart, end, 0, verify)
    watch.saw(block.cid)
    at = end
    yield block
  }
  watch.finish(at)
}
