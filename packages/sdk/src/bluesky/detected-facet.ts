// What detection finds: facets whose mentions are still handles.
import type { Handle } from '../syntax/index.ts'
import type { FacetFeature } from './rich-text.ts'
import { byteOffsets } from './utf8-offset.ts'

/** A mention by handle, as people write it; records hold the DID. */
export interface HandleMention {
  $type: 'app.bsky.richtext.facet#mention'
  handle: Handle
}

/** What a text says by itself, before handles are resolved. */
export type DetectedFeature =
  | HandleMention
  | Exclude<FacetFeature, { $type: 'app.bsky.richtext.facet#mention' }>

/** A range that was found in a text, in UTF-8 bytes, and the one thing that it stands for. */
export interface DetectedFacet {
  index: { byteStart: number; byteEnd: number }
  features: [DetectedFeature]
}

/** @internal What was found at a place in a string, in its own units. */
export interface Detection {
  start: number
  length: number
  feature: DetectedFeature
}

/** @internal Detections as facets; they come in order and without overlaps. */
export function toFacets(text: string, detections: Iterable<Detection>): DetectedFacet[] {
  const offset = byteOffsets(text)
  return Array.from(detections, ({ start, length, feature }) => ({
    index: { byteStart: offset(start), byteEnd: offset(start + length) },
    features: [feature],
  }))
}
