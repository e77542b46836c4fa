// Bytes that arrive in chunks of any size, to be read in pieces of any other size.

import { concatBytes } from './bytes.ts'

/** A source of bytes that arrive over time. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** Makes bytes of a stream contiguous. Copies only what lies across two chunks. */
export class ByteReader {
  /** What has arrived and was not read yet begins at `start` of these bytes. */
  bytes: Uint8Array = new Uint8Array()
  /** The reader moves this on. */
  start = 0

  readonly #source: AsyncIterator<Uint8Array>
  // Where in the stream the bytes begin.
  #base = 0
  #ended = false

  constructor(stream: ByteStream) {
    this.#source = 'getReader' in stream ? chunksOf(stream) : stream[Symbol.asyncIterator]()
  }

  /** How many bytes can be read without waiting. */
  get available(): number {
    return this.bytes.length - this.start
  }

  /** Where in the stream the next byte is. */
  get offset(): number {
    return this.#base + this.start
  }

  /** Waits until so many bytes are available, or until the stream has ended with fewer. */
  async fill(size: number): Promise<void> {
    // Chunks are gathered as they come: the wanted size alone allocates nothing.
    const chunks = this.available > 0 ? [this.bytes.subarray(this.start)] : []
    let gathered = this.available
    while (gathered < size && !this.#ended) {
      const next = await this.#source.next()
      if (next.done) {
        this.#ended = true
      } else if (next.value.length > 0) {
        chunks.push(next.value)
        gathered += next.value.length
      }
    }
    this.#base += this.start
    this.start = 0
    this.bytes = chunks.length === 1 ? chunks[0]! : concatBytes(chunks)
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#source.return?.()
    this.#ended = true
  }
}

/** Not every platform iterates over a ReadableStream by itself. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader()
  let done = false
  try {
    for (;;) {
      const next = await reader.read()
      if (next.done) {
        done = true
        return
      }
      yield next.value
    }
  } finally {
    if (!done) await reader.cancel()
    reader.releaseLock()
  }
}
