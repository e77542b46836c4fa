export type { AtprotoLike } from './atproto-like.ts'
export { Bluesky, CHAT_SERVICE, PUBLIC_SERVICE } from './bluesky.ts'
export type { AnonymousBlueskyOptions, BlueskyOptions } from './bluesky.ts'
export type { DetectedFacet, DetectedFeature, HandleMention } from './detected-facet.ts'
export { cleanNewlines } from './excess-newlines.ts'
export { detectFacets } from './facet-detection.ts'
export { facetIssues, usableFacets } from './facet-issues.ts'
export type { FacetIssue, FacetIssueCode } from './facet-issues.ts'
export { detectRichText, resolveFacets } from './facet-resolution.ts'
export type { HandleResolver, ResolveFacetsOptions } from './facet-resolution.ts'
export { graphemeLength } from './graphemes.ts'
export { detectLinks } from './link-detection.ts'
export { detectMentions } from './mention-detection.ts'
export type { Facet, FacetFeature, RichText, RichTextInput } from './rich-text.ts'
export { joinRichText, link, mention, tag } from './rich-text-pieces.ts'
export { segments } from './segments.ts'
export type { Segment } from './segments.ts'
export {
  detectCashtags,
  detectHashtags,
  MAX_TAG_BYTES,
  MAX_TAG_GRAPHEMES,
} from './tag-detection.ts'
export { byteLength } from './utf8-offset.ts'
