// Where a text that is too long is best cut.
import { graphemes } from '../base/index.ts'
import { byteLength } from './utf8-offset.ts'

/** @internal How long a part may be. */
export interface TextLimits {
  graphemes: number
  bytes: number
}

/** @internal A range of a string that shall stay in one part. */
export interface KeptRange {
  start: number
  end: number
}

/** How good a place is, in the order of preference. */
type Rank = 'word' | 'sentence' | 'paragraph'

interface Place {
  at: number
  rank: Rank
}

// White space, or the end of a sentence that none follows, as in Chinese and Japanese.
const PLACE = /\s+|[。！？][」』）”]*/g

const SENTENCE_END = /[.!?…。！？]["'”’»)\]」』）]?$/

/**
 * @internal Where to end the part that begins at `start`: the last paragraph or sentence that ends in
 * the second half of what fits, else the last word, else wherever no kept range is cut, else where
 * the limits are reached. At the text's end where all of it fits.
 */
export function cutText(
  text: string,
  start: number,
  limits: TextLimits,
  kept: readonly KeptRange[],
): number {
  const end = longestPart(text, start, limits)
  if (end === text.length) return end
  const isFree = (at: number): boolean => !kept.some((range) => range.start < at && at < range.end)
  const places = findPlaces(text, start, end).filter(({ at }) => isFree(at))
  const middle = start + (end - start) / 2
  const best =
    places.findLast(({ at, rank }) => rank === 'paragraph' && at >= middle) ??
    places.findLast(({ at, rank }) => rank === 'sentence' && at >= middle) ??
    places.at(-1)
  if (best) return best.at
  const around = kept.find((range) => range.start < end && end < range.end)
  return around && around.start > start ? around.start : end
}

/** The end of the longest part within the limits that ends between graphemes. */
function longestPart(text: string, start: number, limits: TextLimits): number {
  // No grapheme has less than one unit, and no byte stands for more than one.
  const rest = text.slice(start, start + limits.bytes + 1)
  let at = start
  let count = 0
  let bytes = 0
  for (const { segment: grapheme } of graphemes(rest)) {
    bytes += byteLength(grapheme)
    if (++count > limits.graphemes || bytes > limits.bytes) break
    at += grapheme.length
  }
  // One grapheme can be longer than a post: then it is cut between its code points.
  return at > start ? at : start + longestPrefix(rest, limits.bytes)
}

function longestPrefix(text: string, maxBytes: number): number {
  let length = 0
  let bytes = 0
  for (const character of text) {
    bytes += byteLength(character)
    if (bytes > maxBytes) break
    length += character.length
  }
  return length
}

function findPlaces(text: string, start: number, end: number): Place[] {
  const places: Place[] = []
  for (const { 0: match, index } of text.slice(start, end + 1).matchAll(PLACE)) {
    const isBlank = match.trim() === ''
    const at = start + index + (isBlank ? 0 : match.length)
    if (at === start || at > end) continue
    const breaks = match.split('\n').length - 1
    const endsSentence = !isBlank || breaks > 0 || SENTENCE_END.test(text.slice(at - 2, at))
    places.push({ at, rank: breaks > 1 ? 'paragraph' : endsSentence ? 'sentence' : 'word' })
  }
  return places
}
