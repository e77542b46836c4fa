// Blocks of CAR files to test with.

import { cidForCbor, cidForRaw, encodeCbor } from '../../src/data/index.ts'
import type { CarBlock } from '../../src/data/index.ts'

/** The block of a value. */
export function cborBlock(value: unknown): CarBlock {
  return { cid: cidForCbor(value), bytes: encodeCbor(value) }
}

/** The block of bytes as they are. */
export function rawBlock(bytes: Uint8Array): CarBlock {
  return { cid: cidForRaw(bytes), bytes }
}

/** A number of different blocks of different sizes. */
export function someBlocks(count: number): CarBlock[] {
  return Array.from({ length: count }, (_, i) => cborBlock({ i, text: 'x'.repeat((i * 37) % 400) }))
}

/** The bytes in chunks of a size. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What an iteration over time gives, in a list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
