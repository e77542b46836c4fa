// Multibase base32: a `b`, then RFC 4648 base32 in lower case without padding.

import { latin1Text } from './text.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const INVALID = 0xff
const PREFIX = 0x62 // b

const letters = /* @__PURE__ */ Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))
const values = /* @__PURE__ */ letterValues()
const pairs = /* @__PURE__ */ letterPairs()

const CHUNK_BYTES = 40
const scratchPairs = /* @__PURE__ */ new Uint16Array(1 + (CHUNK_BYTES * 8) / 10)
const scratch = /* @__PURE__ */ new Uint8Array(scratchPairs.buffer)

function letterValues(): Uint8Array {
  const table = new Uint8Array(128).fill(INVALID)
  for (let i = 0; i < 32; i++) table[letters[i]!] = i
  return table
}

/**
 * Ten bits become two letters in one store. Whether the platform is little-endian does not matter,
 * as the pairs are made and written through the same kind of view.
 */
function letterPairs(): Uint16Array {
  const table = new Uint8Array(2048)
  for (let i = 0; i < 1024; i++) {
    table[2 * i] = letters[i >> 5]!
    table[2 * i + 1] = letters[i & 31]!
  }
  return new Uint16Array(table.buffer)
}

/** The base32 of a range of bytes after its multibase prefix `b`. */
export function encodeBase32(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  scratch[1] = PREFIX
  if (end - start <= CHUNK_BYTES) return latin1Text(scratch, 1, fillScratch(bytes, start, end))
  let text = 'b'
  for (let at = start; at < end; at += CHUNK_BYTES) {
    text += latin1Text(scratch, 2, fillScratch(bytes, at, Math.min(at + CHUNK_BYTES, end)))
  }
  return text
}

/** Writes the letters of at most one chunk from scratch[2] on, and returns where they end. */
function fillScratch(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  let pair = 1
  for (; at + 5 <= end; at += 5, pair += 4) {
    const middle = bytes[at + 2]!
    const high = (bytes[at]! << 12) | (bytes[at + 1]! << 4) | (middle >> 4)
    const low = ((middle & 15) << 16) | (bytes[at + 3]! << 8) | bytes[at + 4]!
    scratchPairs[pair] = pairs[high >> 10]!
    scratchPairs[pair + 1] = pairs[high & 1023]!
    scratchPairs[pair + 2] = pairs[low >> 10]!
    scratchPairs[pair + 3] = pairs[low & 1023]!
  }
  let letter = pair * 2
  let bits = 0
  let buffered = 0
  for (; at < end; at++) {
    bits = (bits << 8) | bytes[at]!
    for (buffered += 8; buffered >= 5;) {
      buffered -= 5
      scratch[letter++] = letters[(bits >> buffered) & 31]!
    }
  }
  if (buffered > 0) scratch[letter++] = letters[(bits << (5 - buffered)) & 31]!
  return letter
}

/**
 * Decodes base32 with its multibase prefix `b` into bytes at an offset, and returns how many.
 * Returns -1 where it is not valid or leaves unused bits that are not zero. The caller provides the
 * room: five bytes for every eight letters.
 */
export function writeBase32(text: string, into: Uint8Array, offset: number): number {
  const end = text.length
  if (end === 0 || text.charCodeAt(0) !== PREFIX) return -1
  let at = offset
  let i = 1
  // A letter that is no base32 sets a bit above the lowest five, which one check at the end finds.
  let seen = 0
  for (; i + 8 <= end; i += 8, at += 5) {
    const a = letterValue(text, i)
    const b = letterValue(text, i + 1)
    const c = letterValue(text, i + 2)
    const d = letterValue(text, i + 3)
    const e = letterValue(text, i + 4)
    const f = letterValue(text, i + 5)
    const g = letterValue(text, i + 6)
    const h = letterValue(text, i + 7)
    seen |= a | b | c | d | e | f | g | h
    into[at] = (a << 3) | (b >> 2)
    into[at + 1] = (b << 6) | (c << 1) | (d >> 4)
    into[at + 2] = (d << 4) | (e >> 1)
    into[at + 3] = (e << 7) | (f << 2) | (g >> 3)
    into[at + 4] = (g << 5) | h
  }
  let bits = 0
  let buffered = 0
  for (; i < end; i++) {
    const value = letterValue(text, i)
    seen |= value
    bits = ((bits << 5) | value) & 0xfff
    buffered += 5
    if (buffered >= 8) {
      buffered -= 8
      into[at++] = bits >> buffered
    }
  }
  const unused = buffered >= 5 || (bits & ((1 << buffered) - 1)) !== 0
  return unused || seen > 31 ? -1 : at - offset
}

function letterValue(text: string, index: number): number {
  return values[text.charCodeAt(index)] ?? INVALID
}
