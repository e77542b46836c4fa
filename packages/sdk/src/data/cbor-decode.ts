// DAG-CBOR to plain values, strictly and in one pass. A value has exactly one encoding; every other
// is refused (https://dasl.ing/drisl.html), and so are floats, which the protocol does not have
// (https://atproto.com/specs/data-model).

import { encodeBase64 } from '../base/index.ts'
import { readKey } from './cbor-key.ts'
import { forgetWindow, readText } from './cbor-text.ts'
import { CID_BYTES, cidFault, formatCidAt, isCidAt } from './cid.ts'
import { DataError } from './data-error.ts'
import type { DataErrorCode } from './data-error.ts'
import type { LexValue, RawLexValue } from './lex-value.ts'
import { LINK_TAG, MAX_DEPTH } from './limits.ts'

/** How {@link decodeCbor} gives bytes and links. */
export interface CborOptions {
  /**
   * Bytes as `Uint8Array` and links as `{ $link: Uint8Array }` with the 36 bytes of the CID, both
   * views of the input. For those who look into blocks and frames; values are then not JSON.
   */
  raw?: boolean
}

const NOTHING = new Uint8Array()

// The state of the one decoding that is going on. Nothing in here calls code of the user's, so there
// is never a second.
let input: Uint8Array = NOTHING
let at = 0
let raw = false

/**
 * Decodes exactly one value.
 *
 * A map with a key `$link` or `$bytes` is refused unless `raw`: as plain JSON it could not be told
 * from a real link or bytes.
 *
 * @throws {DataError} with the `offset` of the item: `truncated`, `trailing-bytes`, `not-minimal`,
 * `indefinite-length`, `malformed`, `float`, `undefined`, `simple-value`, `unknown-tag`,
 * `integer-range` (beyond ±(2^53−1)), `key-type`, `key-order`, `duplicate-key`, `reserved-key`,
 * `too-deep` (over 128), `invalid-utf8`, `invalid-cid`, `unsupported-cid`.
 */
export function decodeCbor(bytes: Uint8Array, options: CborOptions & { raw: true }): RawLexValue
export function decodeCbor(bytes: Uint8Array, options?: CborOptions): LexValue
export function decodeCbor(bytes: Uint8Array, options?: CborOptions): RawLexValue {
  const value = decode(bytes, options)
  if (at !== bytes.length) fail('trailing-bytes', 'There are bytes after the value', at)
  return value
}

/**
 * Decodes the value that the bytes begin with, and gives what follows it as a view of the input.
 *
 * @throws {DataError} as {@link decodeCbor}, except `trailing-bytes`.
 */
export function decodeCborFirst(
  bytes: Uint8Array,
  options: CborOptions & { raw: true },
): [value: RawLexValue, rest: Uint8Array]
export function decodeCborFirst(
  bytes: Uint8Array,
  options?: CborOptions,
): [value: LexValue, rest: Uint8Array]
export function decodeCborFirst(
  bytes: Uint8Array,
  options?: CborOptions,
): [value: RawLexValue, rest: Uint8Array] {
  const value = decode(bytes, options)
  return [value, bytes.subarray(at)]
}

function decode(bytes: Uint8Array, options: CborOptions | undefined): RawLexValue {
  input = bytes
  at = 0
  raw = options?.raw === true
  forgetWindow()
  try {
    return readValue(0)
  } finally {
    input = NOTHING
    forgetWindow()
  }
}

function readValue(depth: number): RawLexValue {
  const start = at
  if (start >= input.length) fail('truncated', 'The input ends where a value should begin', start)
  const head = input[start]!
  at = start + 1
  const info = head & 0x1f
  switch (head >> 5) {
    case 0:
      return info < 24 ? info : readSafeArgument(info, start)
    case 1:
      return -1 - (info < 24 ? info : readSafeArgument(info, start))
    case 2:
      return readBytes(readLength(info, start))
    case 3: {
      const end = readLength(info, start)
      const text = readText(input, at, end)
      if (text === undefined) fail('invalid-utf8', 'A text is not valid UTF-8', start)
      at = end
      return text
    }
    case 4:
      return readArray(info < 24 ? info : readArgument(info, start), start, depth + 1)
    case 5:
      return readMap(info < 24 ? info : readArgument(info, start), start, depth + 1)
    case 6:
      return readLink(info < 24 ? info : readArgument(info, start), start)
    default:
      return readSimple(head, start)
  }
}

function readArray(count: number, start: number, depth: number): RawLexValue[] {
  checkCount(count, 1, start, depth)
  // Grows as items appear: what the input claims allocates nothing.
  const items: RawLexValue[] = []
  for (let i = 0; i < count; i++) items.push(readValue(depth))
  return items
}

function readMap(count: number, start: number, depth: number): { [key: string]: RawLexValue } {
  checkCount(count, 2, start, depth)
  const map: { [key: string]: RawLexValue } = {}
  let lastStart = 0
  let lastEnd = -1
  for (let i = 0; i < count; i++) {
    const keyHead = at
    if (keyHead >= input.length) fail('truncated', 'The input ends inside a map', keyHead)
    const head = input[keyHead]!
    if (head >> 5 !== 3) fail('key-type', 'A map key is not a text', keyHead)
    at = keyHead + 1
    const keyEnd = readLength(head & 0x1f, keyHead)
    const keyStart = at
    if (keyEnd - keyStart <= lastEnd - lastStart) {
      checkOrder(lastStart, lastEnd, keyStart, keyEnd, keyHead)
    }
    lastStart = keyStart
    lastEnd = keyEnd
    const key = readKey(input, keyStart, keyEnd)
    if (key === undefined) fail('invalid-utf8', 'A map key is not valid UTF-8', keyHead)
    at = keyEnd
    if (!raw && (key === '$link' || key === '$bytes')) {
      fail('reserved-key', `The key ${key} stands for something else in plain values`, keyHead)
    }
    const value = readValue(depth)
    if (key === '__proto__') defineProperty(map, key, value)
    else map[key] = value
  }
  return map
}

/** Keys are ordered by their length, then by their bytes. Called where a key is not longer. */
function checkOrder(
  lastStart: number,
  lastEnd: number,
  start: number,
  end: number,
  keyHead: number,
): void {
  let difference = end - start - (lastEnd - lastStart)
  for (let i = start, j = lastStart; difference === 0 && i < end; i++, j++) {
    difference = input[i]! - input[j]!
  }
  if (difference > 0) return
  if (difference < 0) fail('key-order', 'The keys of a map are not in canonical order', keyHead)
  fail('duplicate-key', 'A map has a key twice', keyHead)
}

function checkCount(count: number, itemBytes: number, start: number, depth: number): void {
  if (depth > MAX_DEPTH) fail('too-deep', `Values are nested over ${MAX_DEPTH} deep`, start)
  if (count * itemBytes > input.length - at) {
    fail('truncated', 'A list or map is longer than the input', start)
  }
}

function readBytes(end: number): RawLexValue {
  const start = at
  at = end
  return raw ? input.subarray(start, end) : { $bytes: encodeBase64(input, start, end) }
}

/** A link is tag 42 around a byte string of a zero and the CID. */
function readLink(tag: number, start: number): RawLexValue {
  if (tag !== LINK_TAG) fail('unknown-tag', `The tag ${tag} is not that of a link`, start)
  if (at >= input.length) fail('truncated', 'The input ends inside a link', at)
  const head = input[at]!
  if (head >> 5 !== 2) fail('invalid-cid', 'A link is not a byte string', at)
  at++
  const end = readLength(head & 0x1f, at - 1)
  const cid = at + 1
  if (end - cid !== CID_BYTES || input[at] !== 0 || !isCidAt(input, cid)) {
    throw cidFault(input.subarray(cid, end), start)
  }
  at = end
  return { $link: raw ? input.subarray(cid, end) : formatCidAt(input, cid) }
}

function readSimple(head: number, start: number): RawLexValue {
  switch (head) {
    case 0xf4:
      return false
    case 0xf5:
      return true
    case 0xf6:
      return null
    case 0xf7:
      return fail('undefined', 'There is an undefined value', start)
    case 0xf9:
    case 0xfa:
    case 0xfb:
      return fail('float', 'The data model has no floats', start)
    case 0xff:
      return fail('indefinite-length', 'There is a break without an indefinite length', start)
    default:
      return fail('simple-value', 'There is a simple value other than true, false and null', start)
  }
}

/** Reads the argument that is the length of a text or byte string, and returns where that ends. */
function readLength(info: number, start: number): number {
  const end = (info < 24 ? info : readArgument(info, start)) + at
  if (end > input.length) fail('truncated', 'A text or byte string is longer than the input', start)
  return end
}

function readSafeArgument(info: number, start: number): number {
  const value = readArgument(info, start)
  // Of the negative integers, −2^53 has this argument, and is one too many as well.
  if (value >= Number.MAX_SAFE_INTEGER) checkSafe(value, start)
  return value
}

function checkSafe(value: number, start: number): void {
  const negative = input[start]! >> 5 === 1
  if (value > Number.MAX_SAFE_INTEGER || negative) {
    fail('integer-range', 'An integer is beyond ±(2^53−1)', start)
  }
}

/** Reads the argument that follows a head with an info of 24 or more. Beyond 2^53 it is inexact. */
function readArgument(info: number, start: number): number {
  if (info > 27) {
    fail(
      info === 31 ? 'indefinite-length' : 'malformed',
      info === 31 ? 'An indefinite length is not canonical' : 'A head is not valid CBOR',
      start,
    )
  }
  const size = 1 << (info - 24)
  if (size > input.length - at) fail('truncated', 'The input ends inside a head', start)
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + input[at++]!
  if (value < (size === 1 ? 24 : 2 ** (size * 4))) {
    fail('not-minimal', 'An integer or length is not in its shortest form', start)
  }
  return value
}

/** Assigning `__proto__` would set the prototype. */
function defineProperty(map: object, key: string, value: RawLexValue): void {
  Object.defineProperty(map, key, { value, configurable: true, enumerable: true, writable: true })
}

function fail(code: DataErrorCode, message: string, offset: number): never {
  throw new DataError(message, { code, offset })
}
