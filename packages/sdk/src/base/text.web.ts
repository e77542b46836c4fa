// Text and bytes with what every platform has.

import { isAscii } from './ascii.ts'
import { decodeStrictly } from './utf8.ts'

const encoder = /* @__PURE__ */ new TextEncoder()

// Up to this length it is faster to do without TextDecoder.
const MAX_SHORT = 32
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** From this length on, TextEncoder is faster than a look at every letter of a text. */
export const LONG_TEXT = 200

/** Nothing is kept here from one text to the next. */
export function forgetWindow(): void {}

/** As `decodeUtf8`, for many short texts out of the same bytes. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  return end - start <= MAX_SHORT && isAscii(bytes, start, end)
    ? latin1Text(bytes, start, end)
    : decodeStrictly(bytes, start, end)
}

export { decodeStrictly as decodeUtf8 } from './utf8.ts'

/** Writes text as UTF-8, for which there is room, and returns how many bytes it took. */
export function writeUtf8(text: string, into: Uint8Array, offset: number): number {
  return encoder.encodeInto(text, into.subarray(offset)).written
}

/** The text of which each letter is a byte of the range, which is short. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  const codes: number[] = []
  for (let at = start; at < end; at++) codes.push(bytes[at]!)
  return String.fromCharCode(...codes)
}

/** The base64 of a range of bytes, without padding. */
export function encodeBase64(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = ''
  for (let at = start; at < end; at += 3) {
    const count = Math.min(end - at, 3)
    let bits = 0
    for (let i = 0; i < count; i++) bits |= bytes[at + i]! << (16 - 8 * i)
    // One, two or three bytes are two, three or four letters.
    for (let i = 0; i <= count; i++) text += BASE64[(bits >> (18 - 6 * i)) & 63]!
  }
  return text
}
