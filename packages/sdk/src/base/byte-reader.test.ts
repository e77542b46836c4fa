import { array, assert, asyncProperty, integer, uint8Array } from 'fast-check'
import { expect, test, vi } from 'vitest'
import { ByteReader } from './byte-reader.ts'

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks
}

test('gives the bytes in pieces of any size, whatever the chunks', async () => {
  await assert(
    asyncProperty(
      array(uint8Array({ maxLength: 20 })),
      array(integer({ min: 0, max: 40 })),
      async (chunks, sizes) => {
        const reader = new ByteReader(chunksOf(...chunks))
        const all = Buffer.concat(chunks)
        let offset = 0
        for (const size of sizes) {
          await reader.fill(size)
          const there = Math.min(size, all.length - offset)
          expect(reader.available).toBeGreaterThanOrEqual(there)
          expect([...reader.bytes.subarray(reader.start, reader.start + there)]).toEqual([
            ...all.subarray(offset, offset + there),
          ])
          reader.start += there
          offset += there
          expect(reader.offset).toBe(offset)
        }
      },
    ),
  )
})

test('copies nothing of what lies in one chunk', async () => {
  const chunk = Uint8Array.of(1, 2, 3, 4)
  const reader = new ByteReader(chunksOf(new Uint8Array(), chunk))
  await reader.fill(0)
  await reader.fill(4)
  reader.start++
  await reader.fill(2)
  expect(reader.bytes.buffer).toBe(chunk.buffer)
})

test('closing cancels a stream, and ends an iteration', async () => {
  const cancel = vi.fn<() => void>()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Uint8Array.of(1)),
    cancel,
  })
  const reader = new ByteReader(stream)
  await reader.fill(1)
  await reader.close()
  expect(cancel).toHaveBeenCalledOnce()
  expect(stream.locked).toBe(false)

  const ended = vi.fn<() => void>()
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Uint8Array.of(1)
    } finally {
      ended()
    }
  }
  const other = new ByteReader(endless())
  await other.fill(1)
  await other.close()
  expect(ended).toHaveBeenCalledOnce()
})

test('closing after the end cancels nothing', async () => {
  const cancel = vi.fn<() => void>()
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.close(),
    cancel,
  })
  const reader = new ByteReader(stream)
  await reader.fill(1)
  await reader.close()
  expect(cancel).not.toHaveBeenCalled()
})
