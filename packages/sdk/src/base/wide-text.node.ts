// A faster way to decode UTF-8 that is mostly not ASCII, such as Japanese: Node's own decoder takes
// more than twice the time of a loop here.

import { nativeText } from './native-text.node.ts'

const MAX_BYTES = 512
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const units = new Uint16Array(MAX_BYTES)
const unitBytes = new Uint8Array(units.buffer)

/**
 * The text of a range of bytes, where it is short, valid, and seems to be mostly beyond ASCII.
 * Undefined for all else, for which there are other ways.
 */
export function decodeWide(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start
  if (length > MAX_BYTES || length < 3 || !IS_LITTLE_ENDIAN) return undefined
  const third = Math.floor(length / 3)
  const samples = bytes[start]! & bytes[start + third]! & bytes[end - third]! & bytes[end - 1]!
  if (samples < 0x80) return undefined
  const count = writeUnits(bytes, start, end)
  return count === 0 ? undefined : nativeText.ucs2Slice.call(unitBytes, 0, count * 2)
}

/** Writes the UTF-16 of the range and returns its length, or 0 where it is not valid. */
function writeUnits(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let at = start
  while (at < end) {
    const first = bytes[at++]!
    if (first < 0x80) {
      units[count++] = first
      continue
    }
    // A sequence may be cut by the end of the range: that is seen when it has been read.
    const second = bytes[at++]! ^ 0x80
    let code: number
    let valid: boolean
    if (first < 0xe0) {
      code = ((first & 0x1f) << 6) | second
      valid = first >= 0xc2 && second <= 0x3f
    } else if (first < 0xf0) {
      const third = bytes[at++]! ^ 0x80
      code = ((first & 0xf) << 12) | (second << 6) | third
      valid = (second | third) <= 0x3f && code >= 0x800 && (code & 0xf800) !== 0xd800
    } else {
      const third = bytes[at++]! ^ 0x80
      const fourth = bytes[at++]! ^ 0x80
      code = ((first & 0x7) << 18) | (second << 12) | (third << 6) | fourth
      valid =
        first <= 0xf4 && (second | third | fourth) <= 0x3f && code >= 0x10000 && code <= 0x10ffff
      units[count++] = 0xd800 + ((code - 0x10000) >> 10)
      code = 0xdc00 | (code & 0x3ff)
    }
    if (!valid || at > end) return 0
    units[count++] = code
  }
  return count
}
