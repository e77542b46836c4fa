// Base58 in the alphabet of Bitcoin (base58btc), which multibase marks with a `z`. Keys are its only
// use here. They begin with no zero byte, so that a key is one number: callers refuse a leading 1,
// which is a zero. Reading takes the square of the length, so they bound it as well.

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A number in base58, without a multibase prefix. */
export function encodeBase58(number: bigint): string {
  let text = ''
  for (let rest = number; rest; rest /= 58n) text = ALPHABET[Number(rest % 58n)] + text
  return text
}

/** The number in a text without a multibase prefix, or undefined where a letter is not of base58. */
export function decodeBase58(text: string): bigint | undefined {
  let number = 0n
  for (const letter of text) {
    const digit = BigInt(ALPHABET.indexOf(letter))
    if (digit < 0) return undefined
    number = number * 58n + digit
  }
  return number
}
