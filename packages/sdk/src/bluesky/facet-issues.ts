import type { Facet, RichTextInput } from './rich-text.ts'
import { byteLength, codePointBorders } from './utf8-offset.ts'

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
  const starts = facetsOf(input).map(startOf)
  const unsorted = starts.flatMap((start, at) =>
    start >= 0 && start < (starts[at - 1] ?? 0) ? [{ code: 'unsorted' as const, at }] : [],
  )
  return [...wrong, ...unsorted].toSorted((a, b) => a.at - b.at)
}

/** The facets that an app would show: those without a fault, in the order of their ranges. */
export function usableFacets(input: RichTextInput): Facet[] {
  return judgedFacets(input).flatMap(({ facet, code }) => (code ? [] : [facet]))
}

interface JudgedFacet {
  facet: Facet
  at: number
  /** What is wrong with its range. */
  code: FacetIssueCode | undefined
}

/** The facets by their ranges, each with what is wrong with it. */
function judgedFacets(input: RichTextInput): JudgedFacet[] {
  const facets = facetsOf(input)
  if (facets.length === 0) return []
  const borders = codePointBorders(input.text)
  const size = byteLength(input.text)
  let free = 0
  return facets
    .map((facet, at) => ({ facet, at, start: startOf(facet) }))
    .toSorted((a, b) => a.start - b.start)
    .map(({ facet, at }) => {
      const code = rangeIssue(facet, borders, size, free)
      if (!code) free = facet.index.byteEnd
      return { facet, at, code }
    })
}

/** The list, which in a record that nobody checked may be anything. */
function facetsOf({ facets }: RichTextInput): readonly Facet[] {
  return Array.isArray(facets) ? facets : []
}

function startOf(facet: Facet): number {
  const start: unknown = facet?.index?.byteStart
  return Number.isInteger(start) ? (start as number) : -1
}

function rangeIssue(
  facet: Facet,
  borders: ReadonlyMap<number, number>,
  size: number,
  free: number,
): FacetIssueCode | undefined {
  const start = startOf(facet)
  const end = facet?.index?.byteEnd
  if (start < 0 || !Number.isInteger(end) || end <= start) return 'invalid-range'
  if (borders.has(start) && borders.has(end)) return start < free ? 'overlapping' : undefined
  return end > size ? 'out-of-range' : 'inside-character'
}
