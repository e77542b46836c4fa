import type { Did, Uri } from '../syntax/index.ts'
import { facetRanges } from './facet-issues.ts'
import type { Facet, FacetFeature, RichTextInput } from './rich-text.ts'

/** A part of a text that means one thing as a whole. All parts together are the text. */
export interface Segment {
  text: string
  /** Whom it mentions. */
  mention?: Did
  /** Where it leads. It was written by somebody else: check its scheme before you make a link of it. */
  link?: Uri
  /** The tag that it is, without the number sign. */
  tag?: string
  /** The facet itself, where there is one, with features of kinds that are not known here. */
  facet?: Facet
}

/**
 * Takes a text apart for display: one segment for each facet, and one for the text between them.
 * Facets that are not right, or only white space, are plain text. The facets may be what somebody
 * else wrote, unchecked; so may their links.
 *
 * @example
 * ```ts
 * const html = segments(post)
 *   .map(({ text, link }) => (link ? `<a href="${escape(link)}">${escape(text)}</a>` : escape(text)))
 *   .join('')
 * ```
 */
export function segments(input: RichTextInput): Segment[] {
  const { text } = input
  const found: Segment[] = []
  let at = 0
  const advance = (end: number, facet?: Facet): void => {
    if (end > at) found.push(segment(text.slice(at, end), facet))
    at = end
  }
  for (const { facet, start, end } of facetRanges(input)) {
    advance(start)
    advance(end, facet)
  }
  advance(text.length)
  return found.length > 0 ? found : [{ text }]
}

function segment(text: string, facet: Facet | undefined): Segment {
  if (!facet || !text.trim()) return { text }
  const made: Segment = { text, facet }
  if (!Array.isArray(facet.features)) return made
  for (const feature of facet.features as FacetFeature[]) {
    if (feature?.$type === 'app.bsky.richtext.facet#mention') made.mention ??= feature.did
    else if (feature?.$type === 'app.bsky.richtext.facet#link') made.link ??= feature.uri
    else if (feature?.$type === 'app.bsky.richtext.facet#tag') made.tag ??= feature.tag
  }
  return made
}
