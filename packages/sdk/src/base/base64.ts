// Base64 of RFC 4648 section 4 (not the URL-safe alphabet), as the `$bytes` of the data model use it.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const INVALID = 64
const sextets = /* @__PURE__ */ letterValues()

function letterValues(): Uint8Array {
  const values = new Uint8Array(128).fill(INVALID)
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i
  return values
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
    const sextet = sextets[text.charCodeAt(i)] ?? INVALID
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
