// A faster way to decode UTF-8 that is mostly not ASCII, such as Japanese: Node's own decoder takes
// more than twice the time of a loop here.

import { nativeText } from './native-text.ts'

const MAX_BYTES = 512

const units = new Uint16Array(MAX_BYTES)
const unitBytes = new Uint8Array(units.buffer)

/**
 * The text of a range of bytes, where it is short, valid, and seems to be mostly beyond ASCII.
 * Undefined for all else, for which there are other ways.
 */
export function decodeWide(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start
  if (nativeText === undefined || length > MAX_BYTES || length < 3) return undefined
  const third = Math.floor(length / 3)
  const samples = bytes[start]! & bytes[start + third]! & bytes[end - third]! & bytes[end - 1]!
  if (samples < 0x80) return undefined
  const count = writeUnits(bytes, start, end)
  return count === 0 ? undefined : nativeText.ucs2Slice.call(unitBytes, 0, count * 2)
}

/** Writes the UTF-16 of the range and returns its length, or 0 where the way ends. */
function writeUnits(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let seen = 0
  for (let at = start; at < end;) {
    const first = bytes[at++]!
    if (first < 0x80) {
      units[count++] = first
      continue
    }
    // Where the sequence is cut by the end of the range, what follows does not matter: see below.
    const second = bytes[at++]! ^ 0x80
    let code: number
    let invalid: boolean
    if (first < 0xe0) {
      code = ((first & 0x1f) << 6) | second
      invalid = first < 0xc2 || second > 0x3f
    } else {
      const third = bytes[at++]! ^ 0x80
      if (first < 0xf0) {
        code = ((first & 0xf) << 12) | (second << 6) | third
        invalid = (second | third) > 0x3f || code < 0x800 || (code & 0xf800) === 0xd800
      } else {
        const fourth = bytes[at++]! ^ 0x80
        code = ((first & 0x7) << 18) | (second << 12) | (third << 6) | fourth
        invalid =
          first > 0xf4 || (second | third | fourth) > 0x3f || code < 0x10000 || code > 0x10ffff
        units[count++] = 0xd800 + ((code - 0x10000) >> 10)
        code = 0xdc00 | (code & 0x3ff)
      }
    }
    if (invalid || at > end) return 0
    units[count++] = code
    seen |= code
  }
  return seen > 0xff ? count : 0
}
