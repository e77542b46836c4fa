// Letters as people count them (Unicode Annex 29, extended grapheme clusters).

let segmenter: Intl.Segmenter | undefined

/** The grapheme clusters of a text, one after the other. */
export function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter()
  return segmenter.segment(text)
}

/** How many grapheme clusters a text has, or `enough` where there are more. */
export function countGraphemes(text: string, enough: number = Infinity): number {
  let count = 0
  for (const _ of graphemes(text)) {
    if (count === enough) break
    count++
  }
  return count
}
