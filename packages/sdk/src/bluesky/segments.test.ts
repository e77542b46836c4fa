import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RichText } from '../../test/reference-api.ts'
import { joinRichText, link, mention, segments, tag, usableFacets } from './index.ts'
import type { Facet } from './index.ts'

const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

test('segments say what each part of a text means', () => {
  const text = joinRichText([
    '😀 ',
    mention('@alice', did),
    ' ',
    link('hé', 'https://a.com'),
    tag('t'),
  ])
  expect(segments(text)).toMatchObject([
    { text: '😀 ' },
    { text: '@alice', mention: did },
    { text: ' ' },
    { text: 'hé', link: 'https://a.com' },
    { text: '#t', tag: 't' },
  ])
})

test('a text without facets is one segment', () => {
  expect(segments({ text: 'plain' })).toEqual([{ text: 'plain' }])
  expect(segments({ text: '', facets: [] })).toEqual([{ text: '' }])
})

test('a facet of an unknown kind is there as it is', () => {
  const facet: Facet = {
    index: { byteStart: 0, byteEnd: 1 },
    features: [{ $type: 'com.example.new' as `${string}?`, level: 3 }],
  }
  expect(segments({ text: 'ab', facets: [facet] })).toEqual([{ text: 'a', facet }, { text: 'b' }])
})

const arbitraryFacet = fc
  .tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 }))
  .map(([byteStart, byteEnd]): Facet => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://a.com' }],
  }))
const arbitraryText = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '日', '😀', '\n') })

test('all segments together are the text, whatever the facets', () => {
  fc.assert(
    fc.property(arbitraryText, fc.array(arbitraryFacet), (text, facets) => {
      expect(
        segments({ text, facets })
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text)
    }),
  )
})

test('right facets are cut as the reference cuts them', () => {
  fc.assert(
    fc.property(arbitraryText, fc.array(arbitraryFacet), (text, facets) => {
      fc.pre(text !== '')
      const right = usableFacets({ text, facets })
      const reference = new RichText({ text, facets: right })
      const expected = Array.from(reference.segments(), ({ text, facet }) =>
        facet ? { text, facet } : { text },
      )
      const ours = segments({ text, facets: right }).map(({ text, facet }) =>
        facet ? { text, facet } : { text },
      )
      expect(ours).toEqual(expected)
    }),
  )
})
