import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { countGraphemes, graphemes } from './graphemes.ts'

const segmenter = new Intl.Segmenter()
const letters = constantFrom('a', '\r', '\n', 'é', '日', '👨‍👩‍👧‍👦', '🇩🇪', '\u0301', '\u200D', '\uD800')
const texts = oneof(string(), string({ unit: 'binary' }), string({ unit: letters }))

test('a text is as long as it has grapheme clusters', () => {
  assert(property(texts, (text) => countGraphemes(text) === [...segmenter.segment(text)].length))
  expect(countGraphemes('a\r\nb')).toBe(3)
  expect(countGraphemes('👨‍👩‍👧‍👦🇩🇪')).toBe(2)
})

test('a text is not counted further than anybody asks', () => {
  expect(countGraphemes('日'.repeat(100_000), 5)).toBe(5)
  expect(countGraphemes('a'.repeat(100_000), 5)).toBe(5)
})

test('the grapheme clusters of a text are the text', () => {
  assert(
    property(texts, (text) => {
      return Array.from(graphemes(text), ({ segment }) => segment).join('') === text
    }),
  )
})
