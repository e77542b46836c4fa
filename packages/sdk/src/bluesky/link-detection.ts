import type { Uri } from '../syntax/index.ts'
import { toFacets } from './detected-facet.ts'
import type { DetectedFacet, Detection } from './detected-facet.ts'
import { isTopLevelDomain } from './top-level-domain.ts'

// With a scheme, or a host name with anything behind it.
const LINK = /(?<=^|[\s(])(?:https?:\/\/\S+|([a-zA-Z][a-zA-Z\d]*(?:\.[a-zA-Z\d]+)+)\S*)/g

/**
 * Finds links: what begins with `http://` or `https://`, and host names under a top-level domain
 * that exists, at the beginning, after white space or an opening parenthesis. Punctuation behind a
 * link is none of it. Without a scheme it is taken for `https://`.
 */
export function detectLinks(text: string): DetectedFacet[] {
  return toFacets(text, links(text))
}

function* links(text: string): Generator<Detection> {
  for (const { 0: match, 1: host, index: start } of text.matchAll(LINK)) {
    if (host !== undefined && !isTopLevelDomain(host.slice(host.lastIndexOf('.') + 1))) continue
    let link = match.replace(/[.,;:!?]$/, '')
    if (link.endsWith(')') && !link.includes('(')) link = link.slice(0, -1)
    const uri = (host === undefined ? link : `https://${link}`) as Uri
    // Nothing but a scheme is no URI: the record would be refused.
    if (!/^https?:\/\/[^/]/.test(uri)) continue
    const feature = { $type: 'app.bsky.richtext.facet#link', uri } as const
    yield { start, length: link.length, feature }
  }
}
