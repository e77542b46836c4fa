// Unsigned varints of the multiformats (https://github.com/multiformats/unsigned-varint): seven bits
// a byte, the lowest first, in the shortest form.

/** The longest varint that the specification allows. */
export const MAX_VARINT_BYTES = 9

/** The input ends inside the varint. */
export const VARINT_TRUNCATED = -1
/** Too long, beyond 2^53−1, or not in the shortest form. */
export const VARINT_INVALID = -2

/**
 * Reads the varint at an offset: its value, {@link VARINT_TRUNCATED} or {@link VARINT_INVALID}.
 * As only the shortest form is read, {@link varintSize} of the value tells where it ends.
 */
export function readVarint(bytes: Uint8Array, offset: number): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = bytes[offset + i]
    if (byte === undefined) return VARINT_TRUNCATED
    value += (byte & 0x7f) * scale
    if (byte < 0x80) {
      const shortest = byte !== 0 || i === 0
      return shortest && value <= Number.MAX_SAFE_INTEGER ? value : VARINT_INVALID
    }
    scale *= 0x80
  }
  return VARINT_INVALID
}

/** How many bytes the varint of a value has. */
export function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++
  return size
}

/** Writes the varint of a value, for which there is room at the offset. Returns the offset behind it. */
export function writeVarint(value: number, into: Uint8Array, offset: number): number {
  let at = offset
  let rest = value
  // Division, as shifts end at 2^31.
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) into[at++] = (rest % 0x80) | 0x80
  into[at++] = rest
  return at
}
