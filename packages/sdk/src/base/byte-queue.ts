// Bytes that arrive in chunks of any size, taken out in pieces of any other size.

import { concatBytes } from './bytes.ts'

/** A source of bytes that arrive over time. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** Gives contiguous bytes out of a stream. Copies only what lies across two chunks. */
export class ByteQueue {
  /** How many bytes were taken out so far. */
  offset = 0

  readonly #source: AsyncIterator<Uint8Array>
  #chunks: Uint8Array[] = []
  // What is left of #chunks[0] begins here.
  #start = 0
  #available = 0
  #ended = false

  constructor(stream: ByteStream) {
    this.#source = 'getReader' in stream ? readerOf(stream) : stream[Symbol.asyncIterator]()
  }

  /** How many bytes can be taken without waiting. */
  get available(): number {
    return this.#available
  }

  /** Waits until so many bytes are available, or until the stream has ended with fewer. */
  async fill(size: number): Promise<void> {
    while (this.#available < size && !this.#ended) {
      const next = await this.#source.next()
      if (next.done) this.#ended = true
      else if (next.value.length > 0) {
        this.#chunks.push(next.value)
        this.#available += next.value.length
      }
    }
  }

  /** The next bytes, at most as many as are available, which stay in the queue. */
  peek(size: number): Uint8Array {
    const wanted = Math.min(size, this.#available)
    const first = this.#chunks[0]
    if (first === undefined) return new Uint8Array()
    if (first.length - this.#start < wanted) this.#joinFirst(wanted)
    return this.#chunks[0]!.subarray(this.#start, this.#start + wanted)
  }

  /** Takes out bytes that are available. */
  take(size: number): Uint8Array {
    const bytes = this.peek(size)
    this.#start += bytes.length
    this.#available -= bytes.length
    this.offset += bytes.length
    if (this.#start === this.#chunks[0]?.length) {
      this.#chunks.shift()
      this.#start = 0
    }
    return bytes
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    this.#chunks = []
    this.#available = 0
    if (!this.#ended) await this.#source.return?.()
    this.#ended = true
  }

  /** Makes one chunk of as many as hold the wanted bytes. */
  #joinFirst(wanted: number): void {
    let length = -this.#start
    let count = 0
    while (length < wanted) length += this.#chunks[count++]!.length
    const joined = concatBytes(this.#chunks.slice(0, count))
    this.#chunks.splice(0, count, joined)
  }
}

/** Not every platform iterates over a ReadableStream by itself. */
async function* readerOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
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
