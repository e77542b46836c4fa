import type { Facet, RichTextInput } from './rich-text.ts'
import { codePointBorders } from './utf8-offset.ts'

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
 * those that are not, apps leave out. Gives what is wrong, nothing where all is well.
 */
export function facetIssues({ text, facets = [] }: RichTextInput): FacetIssue[] {
  const ranges = judgedFacets(text, facets)
  return ranges
    .flatMap(({ at, code }): FacetIssue[] => {
      const start = facets[at]?.index.byteStart ?? 0
      const isUnsorted = at > 0 && start < (facets[at - 1]?.index.byteStart ?? 0)
      return [
        ...(code ? [{ code, at }] : []),
        ...(isUnsorted ? [{ code: 'unsorted' as const, at }] : []),
      ]
    })
    .toSorted((a, b) => a.at - b.at)
}

/** The facets that an app would show: those without a fault, in the order of their ranges. */
export function usableFacets({ text, facets = [] }: RichTextInput): Facet[] {
  return judgedFacets(text, facets).flatMap(({ facet, code }) => (code ? [] : [facet]))
}

interface JudgedFacet {
  facet: Facet
  at: number
  code: FacetIssueCode | undefined
}

/** The facets by their ranges, each with what is wrong with it. */
function judgedFacets(text: string, facets: readonly Facet[]): JudgedFacet[] {
  if (facets.length === 0) return []
  const borders = codePointBorders(text)
  const size = Math.max(...borders.keys())
  let end = 0
  return facets
    .map((facet, at) => ({ facet, at }))
    .toSorted((a, b) => a.facet.index.byteStart - b.facet.index.byteStart)
    .map(({ facet, at }) => {
      const { byteStart, byteEnd } = facet.index
      const code = rangeIssue(byteStart, byteEnd, size, borders, end)
      if (!code) end = byteEnd
      return { facet, at, code }
    })
}

function rangeIssue(
  start: number,
  end: number,
  size: number,
  borders: ReadonlyMap<number, number>,
  free: number,
): FacetIssueCode | undefined {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start) {
    return 'invalid-range'
  }
  if (end > size) return 'out-of-range'
  if (!borders.has(start) || !borders.has(end)) return 'inside-character'
  return start < free ? 'overlapping' : undefined
}
