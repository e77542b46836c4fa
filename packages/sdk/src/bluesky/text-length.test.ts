import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RichText } from '../../test/reference-api.ts'
import { byteLength, graphemeLength } from './index.ts'

test('a family is one grapheme of 25 bytes', () => {
  expect([graphemeLength('👨‍👩‍👧‍👧'), byteLength('👨‍👩‍👧‍👧')]).toEqual([1, 25])
  expect([graphemeLength(''), byteLength('')]).toEqual([0, 0])
})

test('lengths are those of the reference', () => {
  const unit = fc.constantFrom('a', 'é', 'e\u0301', '日', '😀', '👨‍👩‍👧', '🇩🇪', '\r\n', ' ', '\uD800')
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const reference = new RichText({ text })
      expect(byteLength(text)).toBe(reference.length)
      expect(graphemeLength(text)).toBe(reference.graphemeLength)
    }),
  )
})
