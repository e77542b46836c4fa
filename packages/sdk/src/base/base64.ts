// Base64 of RFC 4648 section 4 (not the URL-safe alphabet), as the `$bytes` of the data model use it.

import { nativeText } from './native-text.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const INVALID = 64

const sextets = new Uint8Array(128).fill(INVALID)
for (let i = 0; i < ALPHABET.length; i++) sextets[ALPHABET.charCodeAt(i)] = i

/** The base64 of a range of bytes, without padding. */
export function encodeBase64(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const remainder = (end - start) % 3
  if (nativeText) {
    const padded = nativeText.base64Slice.call(bytes, start, end)
    return remainder === 0 ? padded : padded.slice(0, remainder - 3)
  }
  let text = ''
  let i = start
  for (; i < end - remainder; i += 3) {
    const bits = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!
    text +=
      ALPHABET[bits >> 18]! +
      ALPHABET[(bits >> 12) & 63]! +
      ALPHABET[(bits >> 6) & 63]! +
      ALPHABET[bits & 63]!
  }
  if (remainder === 1) {
    text += ALPHABET[bytes[i]! >> 2]! + ALPHABET[(bytes[i]! << 4) & 63]!
  } else if (remainder === 2) {
    const bits = (bytes[i]! << 8) | bytes[i + 1]!
    text += ALPHABET[bits >> 10]! + ALPHABET[(bits >> 4) & 63]! + ALPHABET[(bits << 2) & 63]!
  }
  return text
}

/**
 * How many bytes a base64 text stands for, or -1 where its length or padding cannot be right.
 * Padding is optional, but where it is there it is complete.
 */
export function base64Size(text: string): number {
  const digits = digitCount(text)
  if (digits % 4 === 1 || (digits < text.length && text.length % 4 !== 0)) return -1
  return (digits * 3) >> 2
}

/** Decodes a base64 text, or returns undefined where it is not valid. Unused bits are zero. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const size = base64Size(text)
  if (size < 0) return undefined
  const bytes = new Uint8Array(size)
  return writeBase64(text, bytes, 0) ? bytes : undefined
}

/**
 * Decodes a base64 text of a known {@link base64Size} into bytes at an offset.
 * False, with the bytes in an undefined state, where it holds another character or unused bits.
 */
export function writeBase64(text: string, into: Uint8Array, offset: number): boolean {
  const digits = digitCount(text)
  let bits = 0
  let buffered = 0
  for (let i = 0; i < digits; i++) {
    const code = text.charCodeAt(i)
    const sextet = code < 128 ? sextets[code]! : INVALID
    if (sextet === INVALID) return false
    bits = ((bits << 6) | sextet) & 0xffff
    buffered += 6
    if (buffered >= 8) {
      buffered -= 8
      into[offset++] = bits >> buffered
    }
  }
  // Bits that no byte uses must be zero: else several texts would stand for the same bytes.
  return (bits & ((1 << buffered) - 1)) === 0
}

function digitCount(text: string): number {
  let digits = text.length
  if (digits > 0 && text[digits - 1] === '=') digits--
  if (digits > 0 && digits < text.length && text[digits - 1] === '=') digits--
  return digits
}
