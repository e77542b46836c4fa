// Where documents refer to.

import { readRef, refsOf } from 'atproto.ts/lexicon'
import type { DefinitionRef, LexiconDocument, PlacedRef } from 'atproto.ts/lexicon'

/** The `$type` of the values of a definition. */
export function typeId(nsid: string, name: string): string {
  return name === 'main' ? nsid : `${nsid}#${name}`
}

/** A reference of a document, and the definition that it points at. */
export interface Reference extends PlacedRef {
  target: DefinitionRef
}

/** Every reference of a document. */
export function referencesOf(document: LexiconDocument): Reference[] {
  return Object.keys(document.defs)
    .flatMap((name) => refsOf(document, name))
    .map((placed) => ({ ...placed, target: targetOf(placed.ref, document.id) }))
}

/** A copy of a document whose references say the document that they point at, even if it is this one. */
export function withFullRefs(document: LexiconDocument): LexiconDocument {
  const copy = structuredClone(document)
  for (const { path, target } of referencesOf(document)) {
    let holder: unknown = copy
    for (const key of path.slice(0, -1)) holder = (holder as Record<string, unknown>)[key]
    Object.assign(holder as object, { [path.at(-1)!]: typeId(target.nsid, target.name) })
  }
  return copy
}

/**
 * The definition that a reference points at.
 *
 * @param ref One of a checked document.
 * @param from The NSID of that document.
 */
export function targetOf(ref: string, from: string): DefinitionRef {
  const target = readRef(ref, from)
  if (!target) throw new RangeError(`${ref} is no reference`)
  return target
}
