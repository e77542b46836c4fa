// The head of a CBOR item: its major type and an argument, in the shortest form.

/** The major types of CBOR. */
export const MAJOR = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
} as const

/** The room that any head fits in. */
export const MAX_HEAD_BYTES = 9

/** How many bytes the head with an argument has. */
export function headSize(argument: number): number {
  if (argument < 24) return 1
  if (argument < 0x100) return 2
  if (argument < 0x10000) return 3
  return argument < 0x100000000 ? 5 : 9
}

/** Writes a head, for which there is room at the offset, and returns the offset behind it. */
export function writeHead(
  major: number,
  argument: number,
  into: Uint8Array,
  offset: number,
): number {
  if (argument < 24) {
    into[offset] = (major << 5) | argument
    return offset + 1
  }
  const size = headSize(argument)
  const end = offset + size
  into[offset] = (major << 5) | (size === 2 ? 24 : size === 3 ? 25 : size === 5 ? 26 : 27)
  let rest = argument
  for (let at = end - 1; at > offset; at--) {
    into[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return end
}
