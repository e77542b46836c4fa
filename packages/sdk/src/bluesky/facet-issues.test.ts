import fc from 'fast-check'
import { expect, test } from 'vitest'
import { facetIssues, segments, usableFacets } from './index.ts'
import type { Facet } from './index.ts'

const facet = (byteStart: number, byteEnd: number): Facet => ({
  index: { byteStart, byteEnd },
  features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'a' }],
})

test('ranges between code points, in order and apart, are right', () => {
  expect(facetIssues({ text: 'é😀a', facets: [facet(0, 2), facet(2, 6), facet(6, 7)] })).toEqual([])
  expect(facetIssues({ text: 'a' })).toEqual([])
})

test.each([
  ['invalid-range', facet(-1, 1)],
  ['invalid-range', facet(1, 1)],
  ['invalid-range', facet(2, 1)],
  ['invalid-range', facet(0.5, 1)],
  ['invalid-range', facet(Number.NaN, 1)],
  ['out-of-range', facet(0, 8)],
  ['inside-character', facet(1, 2)],
  ['inside-character', facet(2, 3)],
])('%s: %j', (code, wrong) => {
  const text = 'é😀a'
  expect(facetIssues({ text, facets: [wrong] })).toEqual([{ at: 0, code }])
  expect(usableFacets({ text, facets: [wrong, facet(6, 7)] })).toEqual([facet(6, 7)])
})

test('of two that overlap, the later one is wrong', () => {
  const facets = [facet(0, 3), facet(2, 4), facet(3, 5)]
  expect(facetIssues({ text: 'abcdef', facets })).toEqual([{ at: 1, code: 'overlapping' }])
  expect(usableFacets({ text: 'abcdef', facets })).toEqual([facets[0], facets[2]])
})

test('a wrong facet takes no room from others', () => {
  const facets = [facet(0, 9), facet(0, 2)]
  expect(usableFacets({ text: 'abc', facets })).toEqual([facets[1]])
})

test('facets out of order are said to be, and are put in order', () => {
  const facets = [facet(2, 3), facet(0, 1)]
  expect(facetIssues({ text: 'abc', facets })).toEqual([{ at: 1, code: 'unsorted' }])
  expect(usableFacets({ text: 'abc', facets })).toEqual([facets[1], facets[0]])
})

test('facets that are nothing of the kind are wrong, and nothing is thrown', () => {
  const anything = fc.anything() as fc.Arbitrary<Facet>
  const near = fc.record({ index: anything, features: anything }) as unknown as fc.Arbitrary<Facet>
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, near)), (facets) => {
      const wrong = new Set(facetIssues({ text: 'abc', facets }).map(({ at }) => at))
      expect(wrong.size).toBe(facets.length)
      expect(segments({ text: 'abc', facets })).toEqual([{ text: 'abc' }])
    }),
  )
  expect(segments({ text: 'abc', facets: 'facets' as unknown as Facet[] })).toEqual([
    { text: 'abc' },
  ])
})

test('features that are nothing of the kind are passed over', () => {
  for (const features of [null, {}, [null, 1, { $type: 'app.bsky.richtext.facet#tag' }]]) {
    const wild = { index: { byteStart: 0, byteEnd: 1 }, features } as unknown as Facet
    expect(segments({ text: 'abc', facets: [wild] })).toMatchObject([
      { text: 'a', facet: wild },
      { text: 'bc' },
    ])
  }
})

test('a long text is judged as any other', () => {
  const text = 'é'.repeat(200_000)
  const facets = [facet(0, 2), facet(399_998, 400_000), facet(399_999, 400_001)]
  expect(facetIssues({ text, facets })).toEqual([{ at: 2, code: 'out-of-range' }])
})
