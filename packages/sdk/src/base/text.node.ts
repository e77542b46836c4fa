// Text and bytes by the methods of Node's Buffer.

import { isAscii } from './ascii.ts'
import { nativeText } from './native-text.node.ts'
import { decodeStrictly } from './utf8.ts'
import { decodeWide } from './wide-text.node.ts'

// Beyond this length the native decoder is faster than a look at every byte.
const MAX_SLICE = 192

// A stretch of the input (the window) becomes a string once, and each ASCII text in it is a slice of
// that string: a native call for each would cost several times as much. A slice keeps its window
// alive, so the window is small.
const WINDOW_BYTES = 4096
let windowText = ''
let windowStart = 0
let windowEnd = 0

/** From this length on, a native call is faster than a look at every letter of a text. */
export const LONG_TEXT = 40

/** To be called before the first `readText` of other bytes. */
export function forgetWindow(): void {
  windowEnd = 0
}

/** As `decodeUtf8`, for many short texts out of the same bytes. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > MAX_SLICE || !isAscii(bytes, start, end)) return decodeUtf8(bytes, start, end)
  if (start < windowStart || end > windowEnd) {
    windowStart = start
    windowEnd = Math.min(start + WINDOW_BYTES, bytes.length)
    windowText = nativeText.latin1Slice.call(bytes, windowStart, windowEnd)
  }
  return windowText.substring(start - windowStart, end - windowStart)
}

/** The text of a range of bytes, or undefined where it is not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  const wide = decodeWide(bytes, start, end)
  if (wide !== undefined) return wide
  const text = nativeText.utf8Slice.call(bytes, start, end)
  // The native method replaces what it cannot read. A U+FFFD may also be the text itself.
  return text.includes('\ufffd') ? decodeStrictly(bytes, start, end) : text
}

/** Writes text as UTF-8, for which there is room, and returns how many bytes it took. */
export function writeUtf8(text: string, into: Uint8Array, offset: number): number {
  return nativeText.utf8Write.call(into, text, offset)
}

/** The text of which each letter is a byte of the range. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  return nativeText.latin1Slice.call(bytes, start, end)
}

/** The base64 of a range of bytes, without padding. */
export function encodeBase64(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const padded = nativeText.base64Slice.call(bytes, start, end)
  const remainder = (end - start) % 3
  return remainder === 0 ? padded : padded.slice(0, remainder - 3)
}
