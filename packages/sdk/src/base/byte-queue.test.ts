import { array, asyncProperty, assert, integer, uint8Array } from 'fast-check'
import { expect, test, vi } from 'vitest'
import { ByteQueue } from './byte-queue.ts'

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks
}

test('gives the bytes in pieces of any size, whatever the chunks', async () => {
  await assert(
    asyncProperty(
      array(uint8Array({ maxLength: 20 })),
      array(integer({ min: 0, max: 40 })),
      async (chunks, sizes) => {
        const queue = new ByteQueue(chunksOf(...chunks))
        const all = Buffer.concat(chunks)
        let offset = 0
        for (const size of sizes) {
          await queue.fill(size)
          const there = Math.min(size, all.length - offset)
          const expected = [...all.subarray(offset, offset + there)]
          expect([...queue.peek(size)]).toEqual(expected)
          expect([...queue.take(size)]).toEqual(expected)
          offset += there
          expect(queue.offset).toBe(offset)
        }
      },
    ),
  )
})

test('copies nothing of what lies in one chunk', async () => {
  const chunk = Uint8Array.of(1, 2, 3, 4)
  const queue = new ByteQueue(chunksOf(chunk))
  await queue.fill(4)
  queue.take(1)
  expect(queue.take(2).buffer).toBe(chunk.buffer)
})

test('closing cancels a stream, and ends an iteration', async () => {
  const cancel = vi.fn<() => void>()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Uint8Array.of(1)),
    cancel,
  })
  const queue = new ByteQueue(stream)
  await queue.fill(1)
  await queue.close()
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
  const other = new ByteQueue(endless())
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
  const queue = new ByteQueue(stream)
  await queue.fill(1)
  await queue.close()
  expect(cancel).not.toHaveBeenCalled()
})
