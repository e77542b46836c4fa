import { countGraphemes } from '../base/index.ts'

/** The length of a text in grapheme clusters, of which a post has at most 300. */
export function graphemeLength(text: string): number {
  return countGraphemes(text)
}
