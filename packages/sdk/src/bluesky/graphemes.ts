// Letters as people count them (Unicode Annex 29, extended grapheme clusters).

let segmenter: Intl.Segmenter | undefined

/** @internal The grapheme clusters of a text, one after the other. */
export function* graphemes(text: string): Generator<string, void, undefined> {
  segmenter ??= new Intl.Segmenter()
  for (const { segment } of segmenter.segment(text)) yield segment
}

/** The length of a text in grapheme clusters, of which a post has at most 300. */
export function graphemeLength(text: string): number {
  let count = 0
  for (const _ of graphemes(text)) count++
  return count
}
