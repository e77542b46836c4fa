// Base58 in the alphabet of Bitcoin (base58btc), which multibase marks with a `z`. Keys are its only
// use here: its time grows with the square of the length, so callers bound what they pass.

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The base58 of bytes, without a multibase prefix. */
export function encodeBase58(bytes: Uint8Array): string {
  // Digits of the number, the lowest first.
  const digits: number[] = []
  for (const byte of bytes) addToNumber(digits, byte, 256, 58)
  let text = '1'.repeat(leadingZeros(bytes))
  for (const digit of digits.toReversed()) text += ALPHABET[digit]
  return text
}

/** Decodes base58 without a multibase prefix, or returns undefined where a letter is not of it. */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> | undefined {
  const letters = Array.from(text, (letter) => ALPHABET.indexOf(letter))
  if (letters.includes(-1)) return undefined
  const bytes: number[] = []
  for (const letter of letters) addToNumber(bytes, letter, 58, 256)
  const zeros = leadingZeros(letters)
  const decoded = new Uint8Array(zeros + bytes.length)
  decoded.set(bytes.toReversed(), zeros)
  return decoded
}

/** Appends a digit of one base to a number that is held in digits of another, the lowest first. */
function addToNumber(digits: number[], digit: number, from: number, to: number): void {
  let carry = digit
  for (let i = 0; i < digits.length; i++) {
    carry += digits[i]! * from
    digits[i] = carry % to
    carry = Math.floor(carry / to)
  }
  for (; carry > 0; carry = Math.floor(carry / to)) digits.push(carry % to)
}

/** A number has none, so each stands as a letter of its own. */
function leadingZeros(digits: ArrayLike<number>): number {
  let count = 0
  while (count < digits.length && digits[count] === 0) count++
  return count
}
