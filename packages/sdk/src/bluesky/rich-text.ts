// Text and what its ranges mean: links, mentions and tags, by UTF-8 byte.
import type { Link, Main, Mention, Tag } from '../../lexicons/app.bsky.richtext.facet.ts'

/** A range of a text, in UTF-8 bytes, and what it stands for. */
export type Facet = Main

/** What a facet of a known kind stands for. */
export type FacetFeature =
  | (Mention & { $type: 'app.bsky.richtext.facet#mention' })
  | (Link & { $type: 'app.bsky.richtext.facet#link' })
  | (Tag & { $type: 'app.bsky.richtext.facet#tag' })

/** A text with its facets, in the order of their ranges. Posts, messages and profiles are made of it. */
export interface RichText {
  text: string
  facets: Facet[]
}

/** A text that may have facets, such as a post's record. */
export interface RichTextInput {
  readonly text: string
  readonly facets?: readonly Facet[] | undefined
}
