import { expect, test } from 'vitest'
import { facetIssues, joinRichText, link, mention, tag } from './index.ts'

const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'

test('pieces are put together, their facets counted in bytes', () => {
  const text = joinRichText(['é ', mention('@alicé', did), '😀', link('site', 'https://a.com')])
  expect(text).toEqual({
    text: 'é @alicé😀site',
    facets: [
      {
        index: { byteStart: 3, byteEnd: 10 },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
      },
      {
        index: { byteStart: 14, byteEnd: 18 },
        features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://a.com' }],
      },
    ],
  })
  expect(facetIssues(text)).toEqual([])
})

test('what was put together is a piece itself', () => {
  const inner = joinRichText(['a ', tag('b')])
  const pieces = ['x ', inner, { text: ' y' }]
  expect(joinRichText(pieces)).toEqual(joinRichText(['x a ', tag('b'), ' y']))
})

test('a tag shows its sign', () => {
  expect([tag('art').text, tag('$ABC').text]).toEqual(['#art', '$ABC'])
  expect(tag('$ABC').facets[0]?.features).toEqual([
    { $type: 'app.bsky.richtext.facet#tag', tag: '$ABC' },
  ])
})

test('a tag beyond the limits of its lexicon is refused', () => {
  expect(tag('a'.repeat(64)).text).toHaveLength(65)
  expect(() => tag('a'.repeat(65))).toThrow(RangeError)
  expect(() => tag(`a${'\u0301'.repeat(400)}`)).toThrow(RangeError)
})
