import type { Facet, RichText, RichTextInput } from './rich-text.ts'
import { byteOffsets } from './utf8-offset.ts'

// White space, and what takes no room between it.
const BLANKS = /[\s\u00AD\u200B-\u200D\u2060]+/g

/** A range of bytes that two line breaks take the place of. */
interface Removal {
  start: number
  end: number
}

/** How many bytes stand where more line breaks stood. */
const KEPT = 2

/**
 * Makes two line breaks of three and more, with whatever blanks are between them, as Bluesky's app
 * does before it posts. Facets move along; those on nothing but removed blanks go.
 */
export function cleanNewlines({ text, facets = [] }: RichTextInput): RichText {
  const offset = byteOffsets(text)
  const removals: Removal[] = []
  const cleaned = text.replace(BLANKS, (blanks: string, at: number) => {
    const breaks = [...blanks.matchAll(/[\r\n]/g)].map(({ index }) => index)
    const [first = 0] = breaks
    const last = breaks.at(-1) ?? 0
    if (breaks.length < 3) return blanks
    removals.push({ start: offset(at + first), end: offset(at + last + 1) })
    return `${blanks.slice(0, first)}\n\n${blanks.slice(last + 1)}`
  })
  // From the last, so that what is before it has not moved yet.
  const moved = removals.reduceRight<Facet[]>(
    (list, removal) => list.flatMap(mover(removal)),
    [...facets],
  )
  return { text: cleaned, facets: moved }
}

function mover({ start, end }: Removal): (facet: Facet) => Facet[] {
  const shift = KEPT - (end - start)
  return (facet) => {
    let { byteStart, byteEnd } = facet.index
    if (byteStart >= start) byteStart = Math.max(byteStart, end) + shift
    if (byteEnd > end) byteEnd += shift
    else if (byteEnd > start) byteEnd = start
    return byteStart < byteEnd ? [{ ...facet, index: { ...facet.index, byteStart, byteEnd } }] : []
  }
}
