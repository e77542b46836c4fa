import type { RichText, RichTextInput } from './rich-text.ts'
import { graphemeLength } from './graphemes.ts'
import { facetRanges } from './facet-issues.ts'
import type { FacetRange } from './facet-issues.ts'
import { cutText } from './text-cut.ts'
import type { TextLimits } from './text-cut.ts'
import { byteLength, byteOffsets } from './utf8-offset.ts'

/** The longest text of a post, in grapheme clusters (app.bsky.feed.post). */
export const MAX_POST_GRAPHEMES = 300

/** The longest text of a post, in UTF-8 bytes (app.bsky.feed.post). */
export const MAX_POST_BYTES = 3_000

/** How long the parts may be, and what stands at their end. */
export interface SplitRichTextOptions {
  /** @default 300 */
  maxGraphemes?: number | undefined
  /** @default 3_000 */
  maxBytes?: number | undefined
  /**
   * What to put behind part `part` of `total`, counted from 1, such as `` ` (${part}/${total})` ``.
   * A text that needs no splitting gets none.
   */
  numbering?: ((part: number, total: number) => string) | undefined
}

/**
 * Splits a text into as many as its length asks for: where a paragraph or a sentence ends, else
 * between words, and never within a facet, a word or a grapheme that fits into one part. White space
 * at a cut is left out. A facet longer than a part is continued in the next.
 *
 * @returns At least one part, in order, each within the limits with its numbering.
 * @throws RangeError where the limits leave no room for a letter beside the numbering.
 * @example
 * ```ts
 * const parts = splitRichText(await detectRichText(essay, resolver), {
 *   numbering: (part, total) => ` ${part}/${total}`,
 * })
 * await createThread(atproto, parts)
 * ```
 */
export function splitRichText(
  input: RichTextInput,
  {
    maxGraphemes = MAX_POST_GRAPHEMES,
    maxBytes = MAX_POST_BYTES,
    numbering = () => '',
  }: SplitRichTextOptions = {},
): RichText[] {
  const whole = { graphemes: maxGraphemes, bytes: maxBytes }
  const ranges = facetRanges(input)
  let parts = [...split(input.text, ranges, () => whole)]
  // Longer numbers may make for more parts, and more parts for longer numbers.
  for (let total = 1; parts.length > total;) {
    total = parts.length
    parts = [...split(input.text, ranges, (part) => remaining(whole, numbering(part, total)))]
  }
  if (parts.length === 1) return parts
  return parts.map(({ text, facets }, at) => ({
    text: text + numbering(at + 1, parts.length),
    facets,
  }))
}

/** What the limits leave beside a number. */
function remaining(limits: TextLimits, number: string): TextLimits {
  return {
    graphemes: limits.graphemes - graphemeLength(number),
    bytes: limits.bytes - byteLength(number),
  }
}

function* split(
  text: string,
  ranges: readonly FacetRange[],
  limitsOf: (part: number) => TextLimits,
): Generator<RichText, void, undefined> {
  let start = 0
  for (let part = 1; part === 1 || start < text.length; part++) {
    const limits = limitsOf(part)
    // The most bytes that one code point has.
    if (limits.graphemes < 1 || limits.bytes < 4) {
      throw new RangeError('The limits leave no room for text')
    }
    const cut = cutText(text, start, limits, ranges)
    const isWhole = start === 0 && cut === text.length
    const end = isWhole ? cut : start + text.slice(start, cut).trimEnd().length
    yield slice(text, start, end, ranges)
    start = cut + text.slice(cut).search(/\S|$/)
  }
}

/** A part, with what of the facets is in it. */
function slice(text: string, start: number, end: number, ranges: readonly FacetRange[]): RichText {
  const offset = byteOffsets(text.slice(start, end))
  const facets = ranges
    .filter((range) => range.start < end && range.end > start)
    .map(({ facet, ...range }) => {
      const byteStart = offset(Math.max(range.start, start) - start)
      const byteEnd = offset(Math.min(range.end, end) - start)
      return { ...facet, index: { ...facet.index, byteStart, byteEnd } }
    })
  return { text: text.slice(start, end), facets }
}
