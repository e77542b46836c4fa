// Which collections somebody wants, and which frames they need not look into.

import { DataError } from '../data/index.ts'
import { ABSENT, CborScanner, MAJOR } from './cbor-scanner.ts'
import { COMMIT_START, isCommitFrame } from './frame-header.ts'

const FIELDS = ['ops', 'seq']
const OP_FIELDS = ['path']
const SLASH = 0x2f
const STAR = 0x2a

/**
 * Collections by their NSIDs, or by what these begin with: `app.bsky.feed.*`.
 *
 * @example
 * ```ts
 * const filter = new CollectionFilter(['app.bsky.feed.post', 'app.bsky.graph.*'])
 * if (filter.skip(bytes) === undefined) handle(decodeFrame(bytes, { collections: filter }))
 * ```
 */
export class CollectionFilter {
  readonly #patterns: readonly string[]

  constructor(patterns: Iterable<string>) {
    this.#patterns = [...patterns]
  }

  /** Whether a collection is wanted. */
  has(collection: string): boolean {
    return this.#patterns.some((pattern) =>
      pattern.endsWith('*') ? collection.startsWith(pattern.slice(0, -1)) : collection === pattern,
    )
  }

  /**
   * Whether a frame is of a commit without an operation on a collection that is wanted: then its
   * `seq`, and undefined for all other frames. Of those to skip nothing is made, and no more of them
   * was checked than what it took to find that out.
   */
  skip(frame: Uint8Array): number | undefined {
    if (!isCommitFrame(frame)) return undefined
    try {
      const scanner = new CborScanner(frame, COMMIT_START)
      const [ops = ABSENT, seq = ABSENT] = scanner.fields(FIELDS, [], true)
      scanner.to(ops)
      const places: number[] = []
      for (let left = scanner.expect(MAJOR.array); left > 0; left--) {
        const [path = ABSENT] = scanner.fields(OP_FIELDS, places)
        const end = scanner.at
        const length = scanner.to(path).expect(MAJOR.text)
        if (this.#wants(frame, scanner.at, length)) return undefined
        scanner.at = end
      }
      return scanner.to(seq).unsigned()
    } catch (error) {
      // Whoever decodes it will say what is wrong with it.
      if (error instanceof DataError) return undefined
      throw error
    }
  }

  #wants(frame: Uint8Array, start: number, length: number): boolean {
    return this.#patterns.some((pattern) => beginsWith(frame, start, length, pattern))
  }
}

/** Whether the path of a record is in the collection, or the collections, of a pattern. */
function beginsWith(frame: Uint8Array, start: number, length: number, pattern: string): boolean {
  const last = pattern.length - 1
  const isPrefix = pattern.charCodeAt(last) === STAR
  const size = isPrefix ? last : pattern.length
  if (size >= length) return false
  for (let i = 0; i < size; i++) {
    if (frame[start + i] !== pattern.charCodeAt(i)) return false
  }
  return isPrefix || frame[start + size] === SLASH
}
