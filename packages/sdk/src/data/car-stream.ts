// CAR files that arrive over time, in chunks of any size.

import { ByteQueue, MAX_VARINT_BYTES, varintSize } from '../base/index.ts'
import type { ByteStream } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { carSettings } from './car-options.ts'
import type { CarReadOptions } from './car-options.ts'
import { readRoots, RootWatch } from './car-roots.ts'
import { readBlock, readLength, truncated } from './car-section.ts'
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
  const queue = new ByteQueue(stream)
  try {
    const roots = readRoots(await takePart(queue, settings.maxHeaderBytes, 'header'))
    return { roots, blocks: readBlocks(queue, roots, settings) }
  } catch (error) {
    await queue.close()
    throw error
  }
}

async function* readBlocks(
  queue: ByteQueue,
  roots: readonly CidString[],
  { verify, maxBlockBytes }: Required<CarReadOptions>,
): AsyncGenerator<CarBlock, void, undefined> {
  const watch = new RootWatch(verify ? roots : [])
  try {
    for (;;) {
      if (queue.available === 0) {
        await queue.fill(1)
        if (queue.available === 0) break
      }
      const part = await takePart(queue, maxBlockBytes, 'block')
      const block = readBlock(part, 0, part.length, queue.offset - part.length, verify)
      watch.saw(block.cid)
      yield block
    }
    watch.finish(queue.offset)
  } finally {
    await queue.close()
  }
}

async function takePart(
  queue: ByteQueue,
  limit: number,
  part: 'header' | 'block',
): Promise<Uint8Array> {
  if (queue.available < MAX_VARINT_BYTES) await queue.fill(MAX_VARINT_BYTES)
  const start = queue.offset
  const length = readLength(queue.peek(MAX_VARINT_BYTES), 0, start, limit, part)
  queue.take(varintSize(length))
  // Chunks are gathered as they come: the length alone allocates nothing.
  if (queue.available < length) await queue.fill(length)
  if (queue.available < length) throw truncated(start)
  return queue.take(length)
}
