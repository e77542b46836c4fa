// The blocks of a CAR file that arrives over time, as a walk through the tree asks for them.

import type { ByteStream } from '../base/index.ts'
import { DataError, readCar } from '../data/index.ts'
import type { CarBlock, CarStream } from '../data/index.ts'
import type { CidString } from '../syntax/index.ts'
import { formatLink } from './link.ts'
import type { Link } from './link.ts'
import { missingBlock } from './mst-load.ts'
import { RepoError } from './repo-error.ts'

// What is kept of a file whose blocks come just when they are needed.
const MIN_KEPT_BYTES = 4 * 1024 * 1024

/**
 * Gives blocks by their links, and reads on until they come. What comes too early waits. As a record
 * can be in the tree twice and in the file once, what was given out is kept, too, as long as it takes
 * no more room than has been needed for waiting at one time.
 */
export class BlockBuffer {
  readonly roots: readonly CidString[]

  readonly #source: AsyncIterator<CarBlock, unknown, undefined>
  readonly #limit: number
  readonly #waiting: Map<CidString, Uint8Array> = new Map()
  readonly #used: Map<CidString, Uint8Array> = new Map()
  #bytes = 0
  #waitingBytes = 0
  #mostBytes = MIN_KEPT_BYTES

  private constructor({ roots, blocks }: CarStream, limit: number) {
    this.roots = roots
    this.#source = blocks[Symbol.asyncIterator]()
    this.#limit = limit
  }

  /** @throws {RepoError} `invalid-car` */
  static async open(source: ByteStream, limit: number): Promise<BlockBuffer> {
    try {
      return new BlockBuffer(await readCar(source), limit)
    } catch (error) {
      throw carFault(error)
    }
  }

  /**
   * The block that a link leads to.
   *
   * @throws {RepoError} `missing-block`, `buffer-full`, `invalid-car`, `hash-mismatch`
   */
  async take(link: Link): Promise<Uint8Array> {
    const cid = formatLink(link)
    const waiting = this.#waiting.get(cid)
    if (waiting) {
      this.#waiting.delete(cid)
      this.#waitingBytes -= waiting.length
      this.#bytes -= waiting.length
      return this.#keep(cid, waiting)
    }
    return this.#used.get(cid) ?? (await this.#readTo(cid)) ?? missingBlock(link)
  }

  /** Reads what is left, which nobody needs, for its faults. */
  async finish(): Promise<void> {
    this.#waiting.clear()
    this.#used.clear()
    while (await this.#next());
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #readTo(wanted: CidString): Promise<Uint8Array | undefined> {
    for (let block = await this.#next(); block; block = await this.#next()) {
      const { cid, bytes } = block
      if (cid === wanted) return this.#keep(cid, bytes)
      if (!this.#waiting.has(cid) && !this.#used.has(cid)) this.#wait(cid, bytes)
    }
    return undefined
  }

  async #next(): Promise<CarBlock | undefined> {
    try {
      const next = await this.#source.next()
      return next.done ? undefined : next.value
    } catch (error) {
      // Comes at the end of the file. The first root is asked for by name, others need not be there.
      if (error instanceof DataError && error.code === 'root-missing') return undefined
      throw carFault(error)
    }
  }

  #wait(cid: CidString, bytes: Uint8Array): void {
    // A copy, as a view would keep the chunk that it lies in.
    this.#waiting.set(cid, bytes.slice())
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > this.#limit) {
      throw new RepoError(
        `Over ${this.#limit} bytes of blocks came before they were needed: the file is not in the order of the tree`,
        { code: 'buffer-full' },
      )
    }
    this.#mostBytes = Math.max(this.#mostBytes, this.#waitingBytes)
    this.#add(bytes.length)
  }

  #keep(cid: CidString, bytes: Uint8Array): Uint8Array {
    this.#used.set(cid, bytes)
    this.#add(bytes.length)
    return bytes
  }

  #add(size: number): void {
    this.#bytes += size
    if (this.#bytes <= this.#mostBytes) return
    // Many at a time, as the first of a Map is slow to find once others before it were deleted.
    const enough = this.#mostBytes / 2
    for (const [cid, bytes] of this.#used) {
      this.#used.delete(cid)
      this.#bytes -= bytes.length
      if (this.#bytes <= enough) return
    }
  }
}

/** The error of this layer for one of the reader of CAR files. Others stay what they are. */
function carFault(error: unknown): Error {
  if (!(error instanceof DataError)) return error as Error
  return new RepoError(error.message, {
    code: error.code === 'hash-mismatch' ? 'hash-mismatch' : 'invalid-car',
    cause: error,
  })
}
