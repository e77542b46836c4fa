import type { DetectedFacet } from './detected-facet.ts'
import { detectLinks } from './link-detection.ts'
import { detectMentions } from './mention-detection.ts'
import { detectCashtags, detectHashtags } from './tag-detection.ts'

/**
 * Finds mentions, links, hashtags and cashtags in a text, as the Bluesky app does, ordered by where
 * they begin. Two may overlap where one link holds what looks like a mention; `resolveFacets` keeps
 * the first.
 *
 * @example
 * ```ts
 * const text = 'Hello @alice.example.com, see example.com #greeting'
 * const facets = await resolveFacets(text, detectFacets(text), new IdentityResolver())
 * ```
 */
export function detectFacets(text: string): DetectedFacet[] {
  return [
    ...detectMentions(text),
    ...detectLinks(text),
    ...detectHashtags(text),
    ...detectCashtags(text),
  ].toSorted((a, b) => a.index.byteStart - b.index.byteStart)
}
