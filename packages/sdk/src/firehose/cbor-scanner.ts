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
  /** The major type of the head that was read last. */
  #major = 0

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
   */
  fields(names: readonly string[], found: number[] = []): number[] {
    const bytes = this.#bytes
    let next = 0
    let lastStart = 0
    let lastEnd = -1
    for (let i = 0; i < names.length; i++) found[i] = ABSENT
    for (let left = this.expect(MAJOR.map); left > 0; left--) {
      const end = this.#end(MAJOR.text)
      const start = this.at
      if (compareKeys(bytes, start, end, lastStart, lastEnd) <= 0) this.fail('key-order')
      let order = 1
      // Both the keys and the names are in order.
      while (next < names.length) {
        order = compareToName(bytes, start, end, names[next]!)
        if (order <= 0) break
        next++
      }
      this.at = end
      if (order === 0) found[next++] = end
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
    // Counts the values to come, in place of a stack of those that have begun.
    for (let left = 1; left > 0; left--) {
      const argument = this.#head()
      const major = this.#major
      if (major === MAJOR.bytes || major === MAJOR.text) this.#advance(argument)
      else if (major === MAJOR.array) left += argument
      else if (major === MAJOR.map) left += 2 * argument
      else if (major === MAJOR.tag) left++
    }
  }

  /** Reads the head of a value of a major type, and returns its argument. */
  expect(major: number): number {
    const start = this.at
    const argument = this.#head()
    if (this.#major === major) return argument
    this.at = start
    return this.fail('malformed')
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
    const start = this.at
    const head = this.#bytes[start]
    if (head === undefined) return this.fail('truncated')
    this.#major = head >> 5
    this.at = start + 1
    const info = head & 0x1f
    return info < 24 ? info : this.#argument(info)
  }

  #argument(info: number): number {
    if (info > 27) this.fail('malformed')
    const start = this.at
    const size = 1 << (info - 24)
    this.#advance(size)
    let value = 0
    for (let i = start; i < start + size; i++) value = value * 256 + this.#bytes[i]!
    // The smallest that needs so many bytes.
    if (value < (size === 1 ? 24 : 2 ** (size * 4))) this.fail('not-minimal')
    return value
  }

  /** Where the byte string or text that begins here ends. */
  #end(major: number): number {
    const length = this.expect(major)
    const start = this.at
    this.#advance(length)
    this.at = start
    return start + length
  }

  #advance(size: number): void {
    if (size > this.#bytes.length - this.at) this.fail('truncated')
    this.at += size
  }
}

/** Keys are ordered by their length, then by their bytes. */
function compareKeys(
  bytes: Uint8Array,
  start: number,
  end: number,
  otherStart: number,
  otherEnd: number,
): number {
  let difference = end - start - (otherEnd - otherStart)
  for (let i = start, j = otherStart; difference === 0 && i < end; i++, j++) {
    difference = bytes[i]! - bytes[j]!
  }
  return difference
}

function compareToName(bytes: Uint8Array, start: number, end: number, name: string): number {
  let difference = end - start - name.length
  for (let i = 0; difference === 0 && i < name.length; i++) {
    difference = bytes[start + i]! - name.charCodeAt(i)
  }
  return difference
}
