// Builds a text with its facets, piece by piece, where what a range means is known beforehand.
import type { Did, Uri } from '../syntax/index.ts'
import type { FacetFeature, RichText, RichTextInput } from './rich-text.ts'
import { fitsTag } from './tag-detection.ts'
import { byteLength } from './utf8-offset.ts'

/** A piece of text that mentions an account, such as `@` and its handle. */
export function mention(text: string, did: Did): RichText {
  return whole(text, { $type: 'app.bsky.richtext.facet#mention', did })
}

/** A piece of text that leads to a URI. */
export function link(text: string, uri: Uri): RichText {
  return whole(text, { $type: 'app.bsky.richtext.facet#link', uri })
}

/**
 * A hashtag. It is given without its number sign, which the text shows; a cashtag is given as `$ABC`.
 *
 * @throws RangeError where it has more than 64 grapheme clusters or 640 bytes.
 */
export function tag(name: string): RichText {
  if (!fitsTag(name)) throw new RangeError(`The tag is too long: ${name}`)
  const text = name.startsWith('$') ? name : `#${name}`
  return whole(text, { $type: 'app.bsky.richtext.facet#tag', tag: name })
}

/**
 * Puts pieces together, plain text among them; their facets move along.
 *
 * @example
 * ```ts
 * const { text, facets } = joinRichText([
 *   'Hello ',
 *   mention('@alice', 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'),
 *   ', read ',
 *   link('this', 'https://example.com'),
 * ])
 * ```
 */
export function joinRichText(pieces: Iterable<string | RichTextInput>): RichText {
  const joined: RichText = { text: '', facets: [] }
  let bytes = 0
  for (const piece of pieces) {
    const { text, facets = [] } = typeof piece === 'string' ? { text: piece } : piece
    for (const { index, ...facet } of facets) {
      const { byteStart, byteEnd } = index
      const moved = { ...index, byteStart: byteStart + bytes, byteEnd: byteEnd + bytes }
      joined.facets.push({ ...facet, index: moved })
    }
    joined.text += text
    bytes += byteLength(text)
  }
  return joined
}

function whole(text: string, feature: FacetFeature): RichText {
  return {
    text,
    facets: [{ index: { byteStart: 0, byteEnd: byteLength(text) }, features: [feature] }],
  }
}
