// Between the units of JavaScript's strings and the bytes that facets count.

/**
 * @internal From an index in a string to the number of UTF-8 bytes before it. The indices that one
 * converter is asked for must not go down, so that the text is walked through once.
 */
export function byteOffsets(text: string): (index: number) => number {
  let at = 0
  let bytes = 0
  return (index) => {
    while (at < index) {
      const point = text.codePointAt(at) as number
      bytes += sizeOf(point)
      at += point > 0xffff ? 2 : 1
    }
    return bytes
  }
}

/** The length of a text in UTF-8 bytes, of which a post has at most 3,000. */
export function byteLength(text: string): number {
  return byteOffsets(text)(text.length)
}

/**
 * @internal From numbers of UTF-8 bytes to indices in a string. Offsets within a code point, or behind
 * the text, have none.
 */
export function stringIndices(text: string, offsets: readonly number[]): Map<number, number> {
  const indices = new Map<number, number>()
  let at = 0
  let bytes = 0
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    while (bytes < offset && at < text.length) {
      const point = text.codePointAt(at) as number
      bytes += sizeOf(point)
      at += point > 0xffff ? 2 : 1
    }
    if (bytes === offset) indices.set(offset, at)
  }
  return indices
}

/** The bytes of a code point. A lone surrogate becomes U+FFFD, which has three as well. */
function sizeOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}
