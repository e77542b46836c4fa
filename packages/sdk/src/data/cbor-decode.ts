// DAG-CBOR to plain values, strictly and in one pass. A value has exactly one encoding; every other
// is refused (https://dasl.ing/drisl.html), and so are floats, which the protocol does not have
// (https://atproto.com/specs/data-model).

import { encodeBase64, forgetWindow, readText } from '../base/index.ts'
import { readKey } from './cbor-key.ts'
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
  raw?: boolean | undefined
}

// How many bytes an argument has, and which arguments are too small for so many, by info from 24 on.
const ARGUMENT_BYTES = [1, 2, 4, 8]
const SMALLEST_ARGUMENT = [24, 2 ** 8, 2 ** 16, 2 ** 32]

// The state of the one decoding that is going on. Nothing in here calls code of the user's, so there
// is never a second.
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
  if (at !== bytes.length) fail('trailing-bytes', at)
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
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('bytes must be a Uint8Array')
  at = 0
  raw = options?.raw === true
  forgetWindow()
  return readValue(bytes, 0)
}

function readValue(bytes: Uint8Array, depth: number): RawLexValue {
  const start = at
  const head = bytes[start]
  if (head === undefined) fail('truncated', start)
  at = start + 1
  const info = head & 0x1f
  switch (head >> 5) {
    case 0:
      return info < 24 ? info : readInteger(bytes, info, start)
    case 1:
      return -1 - (info < 24 ? info : readInteger(bytes, info, start))
    case 2:
      return readBytes(bytes, readEnd(bytes, info, start))
    case 3:
      at = start
      return readTextValue(bytes)
    case 4:
      return readArray(bytes, info < 24 ? info : readArgument(bytes, info, start), start, depth + 1)
    case 5:
      return readMap(bytes, info < 24 ? info : readArgument(bytes, info, start), start, depth + 1)
    case 6:
      return readLink(bytes, info < 24 ? info : readArgument(bytes, info, start), start)
    default:
      return readSimple(head, start)
  }
}

function readTextValue(bytes: Uint8Array): string {
  const start = at
  at = start + 1
  const end = readEnd(bytes, bytes[start]! & 0x1f, start)
  const text = readText(bytes, at, end)
  if (text === undefined) fail('invalid-utf8', start)
  at = end
  return text
}

function readArray(bytes: Uint8Array, count: number, start: number, depth: number): RawLexValue[] {
  checkCount(bytes, count, 1, start, depth)
  // Grows as items appear: what the input claims allocates nothing.
  const items: RawLexValue[] = []
  for (let i = 0; i < count; i++) items.push(readValue(bytes, depth))
  return items
}

function readMap(
  bytes: Uint8Array,
  count: number,
  start: number,
  depth: number,
): { [key: string]: RawLexValue } {
  checkCount(bytes, count, 2, start, depth)
  const map: { [key: string]: RawLexValue } = {}
  let lastStart = 0
  let lastEnd = -1
  for (let i = 0; i < count; i++) {
    const keyHead = at
    const head = bytes[keyHead]
    if (head === undefined) fail('truncated', keyHead)
    if (head >> 5 !== 3) fail('key-type', keyHead)
    at = keyHead + 1
    const keyEnd = readEnd(bytes, head & 0x1f, keyHead)
    const keyStart = at
    if (keyEnd - keyStart <= lastEnd - lastStart) {
      checkOrder(bytes, lastStart, lastEnd, keyStart, keyEnd, keyHead)
    }
    lastStart = keyStart
    lastEnd = keyEnd
    const key = readKey(bytes, keyStart, keyEnd)
    if (key === undefined) fail('invalid-utf8', keyHead)
    at = keyEnd
    if (!raw && (key === '$link' || key === '$bytes')) {
      fail('reserved-key', keyHead)
    }
    const value = bytes[keyEnd]! >> 5 === 3 ? readTextValue(bytes) : readValue(bytes, depth)
    if (key === '__proto__') defineProperty(map, key, value)
    else map[key] = value
  }
  return map
}

/** Keys are ordered by their length, then by their bytes. Called where a key is not longer. */
function checkOrder(
  bytes: Uint8Array,
  lastStart: number,
  lastEnd: number,
  start: number,
  end: number,
  keyHead: number,
): void {
  let difference = end - start - (lastEnd - lastStart)
  for (let i = start, j = lastStart; difference === 0 && i < end; i++, j++) {
    difference = bytes[i]! - bytes[j]!
  }
  if (difference > 0) return
  if (difference < 0) fail('key-order', keyHead)
  fail('duplicate-key', keyHead)
}

function checkCount(
  bytes: Uint8Array,
  count: number,
  itemBytes: number,
  start: number,
  depth: number,
): void {
  if (depth > MAX_DEPTH) fail('too-deep', start)
  if (count * itemBytes > bytes.length - at) {
    fail('truncated', start)
  }
}

function readBytes(bytes: Uint8Array, end: number): RawLexValue {
  const start = at
  at = end
  return raw ? bytes.subarray(start, end) : { $bytes: encodeBase64(bytes, start, end) }
}

/** A link is tag 42 around a byte string of a zero and the CID. */
function readLink(bytes: Uint8Array, tag: number, start: number): RawLexValue {
  if (tag !== LINK_TAG) fail('unknown-tag', start)
  if (at >= bytes.length) fail('truncated', at)
  const head = bytes[at]!
  if (head >> 5 !== 2) fail('invalid-cid', at)
  at++
  const end = readEnd(bytes, head & 0x1f, at - 1)
  const cid = at + 1
  if (end - cid !== CID_BYTES || bytes[at] !== 0 || !isCidAt(bytes, cid)) {
    throw cidFault(bytes.subarray(cid, end), start)
  }
  at = end
  return { $link: raw ? bytes.subarray(cid, end) : formatCidAt(bytes, cid) }
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
      return fail('undefined', start)
    case 0xf9:
    case 0xfa:
    case 0xfb:
      return fail('float', start)
    case 0xff:
      return fail('indefinite-length', start)
    default:
      return fail('simple-value', start)
  }
}

/** Reads the length of a text or byte string, and returns where that ends. */
function readEnd(bytes: Uint8Array, info: number, start: number): number {
  const length = info < 24 ? info : readArgument(bytes, info, start)
  const end = at + length
  if (end > bytes.length) fail('truncated', start)
  return end
}

function readInteger(bytes: Uint8Array, info: number, start: number): number {
  const value = readArgument(bytes, info, start)
  // The argument of the smallest integer is one less than that of the largest.
  const limit = bytes[start]! < 0x20 ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - 1
  if (value > limit) fail('integer-range', start)
  return value
}

/** Reads the argument that follows a head with an info of 24 or more. Beyond 2^53 it is inexact. */
function readArgument(bytes: Uint8Array, info: number, start: number): number {
  const size = ARGUMENT_BYTES[info - 24]
  if (size === undefined) return refuseHead(info, start)
  const first = at
  at = first + size
  if (at > bytes.length) fail('truncated', start)
  let value = bytes[first]!
  for (let i = first + 1; i < at; i++) value = value * 256 + bytes[i]!
  if (value < SMALLEST_ARGUMENT[info - 24]!) {
    fail('not-minimal', start)
  }
  return value
}

function refuseHead(info: number, start: number): never {
  if (info === 31) fail('indefinite-length', start)
  fail('malformed', start)
}

/** Assigning `__proto__` would set the prototype. */
function defineProperty(map: object, key: string, value: RawLexValue): void {
  Object.defineProperty(map, key, { value, configurable: true, enumerable: true, writable: true })
}

function fail(code: DataErrorCode, offset: number): never {
  throw new DataError(`Not DAG-CBOR, at byte ${offset}: ${code}`, { code, offset })
}
