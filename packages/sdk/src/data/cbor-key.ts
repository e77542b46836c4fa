// Map keys. Records share a few hundred of them, so that a key is nearly always one that was read
// before: then its string is found by its bytes, without making it anew.

import { readText } from '../base/index.ts'

const SLOTS = 1024
const MAX_REMEMBERED = 32

// Only ASCII keys, whose letters are their bytes. A fixed number of them, whatever the input holds.
const remembered: string[] = new Array<string>(SLOTS).fill('')

/** The key in a range that lies within the bytes, or undefined where it is not valid UTF-8. */
export function readKey(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start
  if (length === 0 || length > MAX_REMEMBERED) return readText(bytes, start, end)
  const slot =
    (bytes[start]! * 7 + bytes[end - 1]! * 61 + bytes[start + (length >> 1)]! * 131 + length * 17) &
    (SLOTS - 1)
  const known = remembered[slot]!
  if (known.length === length) {
    let i = 0
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++
    if (i === length) return known
  }
  const key = readText(bytes, start, end)
  if (key !== undefined && key.length === length) remembered[slot] = internKey(key)
  return key
}

/** The string that the engine itself keeps for a property name, and not a slice of the input. */
function internKey(key: string): string {
  return Object.keys({ [key]: 0 })[0]!
}
