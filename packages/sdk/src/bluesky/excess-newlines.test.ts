import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RichText } from '../../test/reference-api.ts'
import { cleanNewlines, usableFacets } from './index.ts'
import type { Facet } from './index.ts'

test.each([
  ['a\n\n\n\n\nb', 'a\n\nb'],
  ['a\n\nb\nc', 'a\n\nb\nc'],
  ['a 😀\r\n\r\n b', 'a 😀\n\n b'],
  ['\n \u200B\n\u00AD\n\t\n', '\n\n'],
  ['a\n\n\nb\n\n\n\nc', 'a\n\nb\n\nc'],
])('%j becomes %j', (text, cleaned) => {
  expect(cleanNewlines({ text })).toEqual({ text: cleaned, facets: [] })
})

test('texts and facets become what the reference makes of them', () => {
  const text = fc.string({
    unit: fc.constantFrom('\n', '\n', '\r', ' ', '\u200B', 'a', 'é', '😀'),
    maxLength: 30,
  })
  const facet = fc
    .tuple(fc.nat(40), fc.nat(40))
    .map(([byteStart, byteEnd]): Facet => ({ index: { byteStart, byteEnd }, features: [] }))
  fc.assert(
    fc.property(text, fc.array(facet), (text, facets) => {
      const right = usableFacets({ text, facets })
      const reference = new RichText(
        { text, facets: structuredClone(right) },
        { cleanNewlines: true },
      )
      expect(cleanNewlines({ text, facets: right })).toEqual({
        text: reference.text,
        facets: reference.facets,
      })
    }),
    { numRuns: 1_000 },
  )
})

test('many line breaks take no more than their length', () => {
  expect(cleanNewlines({ text: '\n \n'.repeat(60_000) }).text).toBe('\n\n')
  expect(cleanNewlines({ text: '\n a'.repeat(60_000) }).text).toHaveLength(180_000)
})
