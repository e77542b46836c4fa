import { isHandle } from '../syntax/index.ts'
import { toFacets } from './detected-facet.ts'
import type { DetectedFacet, Detection } from './detected-facet.ts'
import { isTopLevelDomain } from './top-level-domain.ts'

/**
 * Finds mentions: an `@` and a handle, at the beginning, after white space or an opening parenthesis.
 * The handle is under a top-level domain that exists, or `.test`; whether anybody has it is for
 * `resolveFacets` to find out.
 */
export function detectMentions(text: string): DetectedFacet[] {
  return toFacets(text, mentions(text))
}

function* mentions(text: string): Generator<Detection> {
  for (const { 0: mention, index: start } of text.matchAll(/(?<=^|[\s(])@[a-zA-Z\d.-]+\b/g)) {
    const handle = mention.slice(1)
    const domain = handle.slice(handle.lastIndexOf('.') + 1)
    if (!isHandle(handle) || (domain !== 'test' && !isTopLevelDomain(domain))) continue
    const feature = { $type: 'app.bsky.richtext.facet#mention', handle } as const
    yield { start, length: mention.length, feature }
  }
}
