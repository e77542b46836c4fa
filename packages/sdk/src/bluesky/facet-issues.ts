import type { Facet, RichTextInput } from './rich-text.ts'
import { byteLength, stringIndices } from './utf8-offset.ts'

/**
 * What is wrong with a facet:
 *
 * - `invalid-range`: its ends are no whole numbers from 0, or it does not end behind its start
 * - `out-of-range`: it ends behind the text
 * - `inside-character`: an end is not between two code points
 * - `overlapping`: it begins before a facet ends that began no later and is right
 * - `unsorted`: it begins before the facet that stands before it in the list
 */
export type FacetIssueCode =
  | 'invalid-range'
  | 'out-of-range'
  | 'inside-character'
  | 'overlapping'
  | 'unsorted'

/** Something wrong with a facet. */
export interface FacetIssue {
  code: FacetIssueCode
  /** Which facet of the list it is. */
  at: number
}

/**
 * Checks that facets are ranges of their text, between code points, in order and without overlaps:
 * those that are not, apps leave out. Gives what is wrong, nothing where all is well. Facets may be
 * what somebody else wrote, unchecked.
 */
export function facetIssues(input: RichTextInput): FacetIssue[] {
  const wrong = judgedFacets(input).flatMap(({ at, code }) => (code ? [{ code, at }] : []))
  const starts = facetsOf(input).map((facet) => offsetOf(facet?.index?.byteStart))
  const unsorted = starts.flatMap((start, at) =>
    start >= 0 && start < (starts[at - 1] ?? 0) ? [{ code: 'unsorted' as const, at }] : [],
  )
  return [...wrong, ...unsorted].toSorted((a, b) => a.at - b.at)
}

/** The facets that an app would show: those without a fault, in the order of their ranges. */
export function usableFacets(input: RichTextInput): Facet[] {
  return facetRanges(input).map(({ facet }) => facet)
}

/** @internal A facet, and its range in the units of strings. */
export interface FacetRange {
  facet: Facet
  start: number
  end: number
}

/** @internal The facets without a fault, in order, with their ranges in the units of strings. */
export function facetRanges(input: RichTextInput): FacetRange[] {
  return judgedFacets(input).filter(({ code }) => code === undefined)
}

interface JudgedFacet extends FacetRange {
  at: number
  /** What is wrong with its range. */
  code: FacetIssueCode | undefined
}

const NOWHERE = -1

/** The facets by their ranges, each with what is wrong with it. */
function judgedFacets(input: RichTextInput): JudgedFacet[] {
  const { text } = input
  const facets = facetsOf(input).map((facet, at) => {
    const { byteStart, byteEnd } = Object(facet?.index) as Record<string, unknown>
    return { facet, at, from: offsetOf(byteStart), to: offsetOf(byteEnd) }
  })
  const indices = stringIndices(
    text,
    facets.flatMap(({ from, to }) => [from, to]),
  )
  let free = 0
  return facets
    .toSorted((a, b) => a.from - b.from)
    .map(({ facet, at, from, to }) => {
      const start = indices.get(from) ?? NOWHERE
      const end = indices.get(to) ?? NOWHERE
      const code = bytesIssue(from, to) ?? placeIssue(text, to, start, end, free)
      if (!code) free = end
      return { facet, at, start, end, code }
    })
}

function bytesIssue(from: number, to: number): FacetIssueCode | undefined {
  return from === NOWHERE || to <= from ? 'invalid-range' : undefined
}

function placeIssue(
  text: string,
  to: number,
  start: number,
  end: number,
  free: number,
): FacetIssueCode | undefined {
  if (start !== NOWHERE && end !== NOWHERE) return start < free ? 'overlapping' : undefined
  return to > byteLength(text) ? 'out-of-range' : 'inside-character'
}

/** The list, which in a record that nobody checked may be anything. */
function facetsOf({ facets }: RichTextInput): readonly Facet[] {
  return Array.isArray(facets) ? facets : []
}

function offsetOf(value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : NOWHERE
}
