import { assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillsBytes, fillsGraphemes, fitsBytes, fitsGraphemes, utf8Length } from './text-length.ts'

const encoder = new TextEncoder()
const segmenter = new Intl.Segmenter()

const texts = oneof(
  string(),
  string({ unit: 'binary' }),
  string({ unit: constantFrom('a', '\r', '\n', 'é', '日', '👨‍👩‍👧‍👦', '🇩🇪', '\u0301', '\u200D') }),
)

describe('lengths of texts', () => {
  it('are those in bytes of UTF-8', () => {
    assert(property(texts, (text) => utf8Length(text) === encoder.encode(text).length))
  })

  it('are compared with a limit as if they were counted', () => {
    assert(
      property(texts, integer({ min: 0, max: 40 }), (text, limit) => {
        const bytes = encoder.encode(text).length
        const graphemes = [...segmenter.segment(text)].length
        expect(fitsBytes(text, limit)).toBe(bytes <= limit)
        expect(fillsBytes(text, limit)).toBe(bytes >= limit)
        expect(fitsGraphemes(text, limit)).toBe(graphemes <= limit)
        expect(fillsGraphemes(text, limit)).toBe(graphemes >= limit)
      }),
    )
  })
})
