// CAR files that arrive over time, in chunks of any size.

import { ByteReader, MAX_VARINT_BYTES, varintSize } from '../base/index.ts'
import type { ByteStream } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { carFault } from './car-fault.ts'
import { carSettings } from './car-options.ts'
import type { CarReadOptions, CarSettings } from './car-options.ts'
import { readRoots, RootWatch } from './car-roots.ts'
import { readBlock, readLength } from './car-section.ts'
import type { CarBlock } from './car-section.ts'

/** A CAR file that arrives over time. */
export interface CarStream {
  /** What the file is about: in that of a repository, its commit. There may be none. */
  roots: CidString[]
  /**
   * The blocks in the order of the file, duplicates included, once only. Ending the iteration early
   * cancels the source.
   */
  blocks: AsyncIterable<CarBlock>
}

/** Reads a CAR file of any size, and holds no more of it than a block and a chunk. */
export async function readCarStream(
  stream: ByteStream,
  options?: CarReadOptions,
): Promise<CarStream> {
  const settings = carSettings(options)
  const reader = new ByteReader(stream)
  try {
    await reader.fill(MAX_VARINT_BYTES)
    const length = takeLength(reader, settings.maxHeaderBytes, 'header')
    if (reader.available < length) await fillPart(reader, length)
    const start = reader.start
    reader.start += length
    const roots = readRoots(reader.bytes.subarray(start, reader.start))
    return { roots, blocks: readBlocks(reader, roots, settings) }
  } catch (error) {
    await reader.close()
    throw error
  }
}

async function* readBlocks(
  reader: ByteReader,
  roots: readonly CidString[],
  { verify, maxBlockBytes }: CarSettings,
): AsyncGenerator<CarBlock, void, undefined> {
  const watch = new RootWatch(verify ? roots : [])
  try {
    for (;;) {
      if (reader.available < MAX_VARINT_BYTES) await reader.fill(MAX_VARINT_BYTES)
      if (reader.available === 0) break
      const length = takeLength(reader, maxBlockBytes, 'block')
      if (reader.available < length) await fillPart(reader, length)
      const { bytes, start, offset } = reader
      reader.start += length
      const block = readBlock(bytes, start, start + length, offset - start, verify)
      watch.saw(block.cid)
      yield block
    }
    watch.finish(reader.offset)
  } finally {
    await reader.close()
  }
}

/** The length of the next part, which then is next. */
function takeLength(reader: ByteReader, limit: number, part: 'header' | 'block'): number {
  const { bytes, start, offset } = reader
  const length = readLength(bytes, start, offset - start, limit, part)
  reader.start += varintSize(length)
  return length
}

async function fillPart(reader: ByteReader, length: number): Promise<void> {
  const start = reader.offset - varintSize(length)
  await reader.fill(length)
  if (reader.available < length) throw carFault('truncated', start)
}
