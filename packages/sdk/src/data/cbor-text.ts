// The text of a range of bytes, strictly UTF-8 and fast where it is ASCII.
//
// Where the platform has native methods for it, a stretch of the input (the window) becomes a string
// once, and each ASCII text in it is a slice of that string: a native call per text would cost
// several times as much. A slice keeps its window alive, so the window is small.

import { decodeUtf8, nativeText } from '../base/index.ts'

const WINDOW_BYTES = 4096
// Beyond this length the native decoder is faster than a look at every byte.
const MAX_SLICE = 192
// Below this length the portable path is faster without TextDecoder.
const MAX_SHORT = 32

let windowText = ''
let windowStart = 0
let windowEnd = 0

/** To be called before the first text of other bytes is read. */
export function forgetWindow(): void {
  windowEnd = 0
}

/** The text of a range that lies within the bytes, or undefined where it is not valid UTF-8. */
export function readText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > (nativeText ? MAX_SLICE : MAX_SHORT) || !isAscii(bytes, start, end)) {
    return decodeUtf8(bytes, start, end)
  }
  if (!nativeText) return String.fromCharCode.apply(null, shortArray(bytes, start, end))
  if (start < windowStart || end > windowEnd) {
    windowStart = start
    windowEnd = Math.min(start + WINDOW_BYTES, bytes.length)
    windowText = nativeText.latin1Slice.call(bytes, windowStart, windowEnd)
  }
  return windowText.substring(start - windowStart, end - windowStart)
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  for (; at + 4 <= end; at += 4) {
    if ((bytes[at]! | bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]!) > 0x7f) return false
  }
  for (; at < end; at++) {
    if (bytes[at]! > 0x7f) return false
  }
  return true
}

function shortArray(bytes: Uint8Array, start: number, end: number): number[] {
  const codes: number[] = []
  for (let at = start; at < end; at++) codes.push(bytes[at]!)
  return codes
}
