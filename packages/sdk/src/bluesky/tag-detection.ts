import { toFacets } from './detected-facet.ts'
import type { DetectedFacet, Detection } from './detected-facet.ts'
import { graphemeLength } from './graphemes.ts'
import { byteLength } from './utf8-offset.ts'

/** The longest tag, in grapheme clusters (app.bsky.richtext.facet). */
export const MAX_TAG_GRAPHEMES = 64

/** The longest tag, in UTF-8 bytes (app.bsky.richtext.facet). */
export const MAX_TAG_BYTES = 640

// Of a number sign, here or in full width, and all up to white space that is seen or unseen.
const HASHTAG = /(?<=^|\s)[#＃](?!\uFE0F)(?:(?!\u20E2)[^\s\u00AD\u2060\u200A-\u200D])+/gu

// A dollar sign and a ticker, before white space or punctuation.
const CASHTAG = /(?<=^|[\s(])\$[a-zA-Z][a-zA-Z\d]{0,4}(?=$|[\s.,;:!?)"'\u2019])/g

/**
 * Finds hashtags, at the beginning or after white space. They hold a letter or a symbol beside digits
 * and punctuation, and have at most 64 grapheme clusters; punctuation behind a tag is none of it.
 */
export function detectHashtags(text: string): DetectedFacet[] {
  return toFacets(text, hashtags(text))
}

/**
 * Finds cashtags, such as `$ABC`: one letter and up to four letters or digits, at the beginning, after
 * white space or an opening parenthesis. The tag is in upper case and keeps its dollar sign.
 */
export function detectCashtags(text: string): DetectedFacet[] {
  return toFacets(text, cashtags(text))
}

function* hashtags(text: string): Generator<Detection> {
  for (const { 0: match, index: start } of text.matchAll(HASHTAG)) {
    const word = match.slice(1)
    if (!/[^\d\p{P}]/u.test(word)) continue
    const [tag = ''] = /^.*\P{P}/su.exec(word) ?? []
    if (tag.length > MAX_TAG_GRAPHEMES && !fitsTag(tag)) continue
    const feature = { $type: 'app.bsky.richtext.facet#tag', tag } as const
    yield { start, length: tag.length + 1, feature }
  }
}

function* cashtags(text: string): Generator<Detection> {
  for (const { 0: match, index: start } of text.matchAll(CASHTAG)) {
    const feature = { $type: 'app.bsky.richtext.facet#tag', tag: match.toUpperCase() } as const
    yield { start, length: match.length, feature }
  }
}

/** @internal Whether a tag is within the lexicon's limits. */
export function fitsTag(tag: string): boolean {
  return byteLength(tag) <= MAX_TAG_BYTES && graphemeLength(tag) <= MAX_TAG_GRAPHEMES
}
