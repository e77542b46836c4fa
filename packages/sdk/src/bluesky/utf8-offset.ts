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
      const isPair = point > 0xffff
      // A lone surrogate becomes U+FFFD, which has three bytes as well.
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : isPair ? 4 : 3
      at += isPair ? 2 : 1
    }
    return bytes
  }
}

/** The length of a text in UTF-8 bytes, of which a post has at most 3,000. */
export function byteLength(text: string): number {
  return byteOffsets(text)(text.length)
}

/**
 * @internal The borders between a text's code points, its two ends included: for each one the UTF-8
 * bytes before it, and its index in the string.
 */
export function codePointBorders(text: string): Map<number, number> {
  const offset = byteOffsets(text)
  const borders = new Map([[0, 0]])
  let index = 0
  for (const character of text) {
    index += character.length
    borders.set(offset(index), index)
  }
  return borders
}
