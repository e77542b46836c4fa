// Finds its way through DAG-CBOR without making values: where the fields of a map are, and what a
// single one holds. Whoever wants all of a value decodes it with the data room.

import { decodeUtf8 } from '../base/index.ts'
import { CODEC_DAG_CBOR, CODEC_RAW, DataError } from '../data/index.ts'
import type { DataErrorCode } from '../data/index.ts'

/** The major types of CBOR. */
export const MAJOR = { unsigned: 0, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const

/** Where a field is that is not there: before anything that can be in a map. */
export const ABSENT = 0

/** The length of a CID in its binary form. */
export const CID_BYTES = 36

const NULL = 0xf6
// How many bytes an argument has that is not in its head, and which are too small for so many.
const SHORTEST_INFO = 24
const ARGUMENT_BYTES = [1, 2, 4, 8]
const SMALLEST_ARGUMENT = [24, 2 ** 8, 2 ** 16, 2 ** 32]
// Tag 42, a byte string of 37 bytes, a zero, and of the CID the version, codec, hash and its length.
const LINK_HEAD = [0xd8, 42, 0x58, 1 + CID_BYTES, 0, 1, CODEC_DAG_CBOR, 0x12, 32]
const ZERO_AT = 4
const CODEC_AT = 6

/**
 * A place in some bytes, which its methods move on. What they meet must be canonical, else they throw
 * a {@link DataError} with its offset. What they step over is only measured.
 */
export class CborScanner {
  at: number

  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  /**
   * Reads a map and notes where the values of the named fields begin; {@link ABSENT} are those that
   * are not there. Others are stepped over.
   *
   * @param names In the order of DAG-CBOR: by length, then by bytes.
   * @param found Where the places are noted. It has them even when the map turns out to be cut.
   * @param isPartial Stops behind the last of the names.
   */
  fields(names: readonly string[], found: number[] = [], isPartial = false): number[] {
    const bytes = this.#bytes
    let next = 0
    let lastStart = 0
    let lastEnd = -1
    for (let i = 0; i < names.length; i++) found[i] = ABSENT
    for (let left = this.expect(MAJOR.map); left > 0; left--) {
      const end = this.#end(MAJOR.text)
      const start = this.at
      if (end - start <= lastEnd - lastStart) this.#checkOrder(start, end, lastStart, lastEnd)
      this.at = end
      // Both the keys and the names are in order.
      let order = 1
      while (next < names.length && order > 0) {
        order = compareToName(bytes, start, end, names[next]!)
        if (order === 0) found[next] = end
        if (order >= 0) next++
      }
      if (isPartial && next === names.length) break
      this.skip()
      lastStart = start
      lastEnd = end
    }
    return found
  }

  /** Goes to the value of a field, which must be there. */
  to(place: number): this {
    if (place === ABSENT) throw new DataError('A field is missing', { code: 'malformed' })
    this.at = place
    return this
  }

  /** Steps over one value. */
  skip(): void {
    const bytes = this.#bytes
    // Counts the values to come, in place of a stack of those that have begun.
    for (let left = 1; left > 0; left--) {
      const major = bytes[this.at]! >> 5
      const argument = this.#head()
      if (major === MAJOR.bytes || major === MAJOR.text) this.#advance(argument)
      else if (major === MAJOR.array) left += argument
      else if (major === MAJOR.map) left += 2 * argument
      else if (major === MAJOR.tag) left++
    }
  }

  /** Reads the head of a value of a major type, and returns its argument. */
  expect(major: number): number {
    if (this.#bytes[this.at]! >> 5 !== major) this.fail('malformed')
    return this.#head()
  }

  /** Steps over null, if that is what is there. */
  skipNull(): boolean {
    const isNull = this.#bytes[this.at] === NULL
    if (isNull) this.at++
    return isNull
  }

  /** Reads a text. */
  text(): string {
    const end = this.#end(MAJOR.text)
    const text = decodeUtf8(this.#bytes, this.at, end)
    if (text === undefined) return this.fail('invalid-utf8')
    this.at = end
    return text
  }

  /** Reads an integer that is not negative. */
  unsigned(): number {
    const value = this.expect(MAJOR.unsigned)
    return value <= Number.MAX_SAFE_INTEGER ? value : this.fail('integer-range')
  }

  /** Reads a byte string: a view. */
  bytes(): Uint8Array {
    const end = this.#end(MAJOR.bytes)
    const bytes = this.#bytes.subarray(this.at, end)
    this.at = end
    return bytes
  }

  /** Steps over a link, and returns where the {@link CID_BYTES} of its CID begin. */
  link(): number {
    const bytes = this.#bytes
    const start = this.at
    for (let i = 0; i < LINK_HEAD.length; i++) {
      const isCodec = i === CODEC_AT && bytes[start + i] === CODEC_RAW
      if (bytes[start + i] !== LINK_HEAD[i] && !isCodec) this.fail('invalid-cid')
    }
    const cid = start + ZERO_AT + 1
    this.at = cid
    this.#advance(CID_BYTES)
    return cid
  }

  /** Says what is wrong with the place. */
  fail(code: DataErrorCode): never {
    throw new DataError(`Not DAG-CBOR, at byte ${this.at}: ${code}`, { code, offset: this.at })
  }

  /** Reads a head, and returns its argument. */
  #head(): number {
    const at = this.at++
    const info = this.#bytes[at]! & 0x1f
    if (info < SHORTEST_INFO) return at < this.#bytes.length ? info : this.fail('truncated')
    return this.#argument(info - SHORTEST_INFO)
  }

  /** Reads the argument that stands behind a head. Beyond 2^53 it is inexact. */
  #argument(form: number): number {
    const size = ARGUMENT_BYTES[form]
    if (size === undefined) return this.fail('malformed')
    const start = this.at
    this.#advance(size)
    let value = 0
    for (let i = start; i < this.at; i++) value = value * 256 + this.#bytes[i]!
    return value < SMALLEST_ARGUMENT[form]! ? this.fail('not-minimal') : value
  }

  /** Where the byte string or text that begins here ends. */
  #end(major: number): number {
    const length = this.expect(major)
    const start = this.at
    this.#advance(length)
    this.at = start
    return start + length
  }

  /** Keys are ordered by their length, then by their bytes. Called where a key is not longer. */
  #checkOrder(start: number, end: number, lastStart: number, lastEnd: number): void {
    let difference = end - start - (lastEnd - lastStart)
    for (let i = start, j = lastStart; difference === 0 && i < end; i++, j++) {
      difference = this.#bytes[i]! - this.#bytes[j]!
    }
    if (difference <= 0) this.fail('key-order')
  }

  #advance(size: number): void {
    if (size > this.#bytes.length - this.at) this.fail('truncated')
    this.at += size
  }
}

function compareToName(bytes: Uint8Array, start: number, end: number, name: string): number {
  let difference = end - start - name.length
  for (let i = 0; difference === 0 && i < name.length; i++) {
    difference = bytes[start + i]! - name.charCodeAt(i)
  }
  return difference
}
