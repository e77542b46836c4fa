import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUtf8 } from './text.node.ts'
import { decodeWide } from './wide-text.node.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

test('decodes text that is mostly beyond ASCII', () => {
  for (const text of ['写真', '今日は x 天気', '日😀本', '\uffff\ufeff\ufffd', '𓋓𓋓']) {
    expect(decodeWide(encoder.encode(`<${text}>`), 1, encoder.encode(text).length + 1)).toBe(text)
  }
})

test('leaves other text to others', () => {
  const texts = ['', 'a', 'ascii only', 'só é', '日'.repeat(300)]
  for (const text of texts) {
    const bytes = encoder.encode(text)
    expect(decodeWide(bytes, 0, bytes.length)).toBeUndefined()
  }
})

test('agrees with the decoder of the platform, whatever is wrong with the bytes', () => {
  const sequences = constantFrom('日', '本', 'é', '😀', 'x', '\ud7ff', '\ue000', '\u{10ffff}')
  const faults = array(tuple(integer({ min: 0, max: 200 }), integer({ min: 0, max: 255 })), {
    maxLength: 2,
  })
  assert(
    property(array(sequences, { maxLength: 30 }), faults, (parts, changes) => {
      const bytes = encoder.encode(`日${parts.join('')}本本`)
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
      for (const end of [bytes.length, bytes.length - 1, bytes.length - 2]) {
        expect(decodeUtf8(bytes, 0, end)).toBe(byPlatform(bytes.subarray(0, end)))
      }
    }),
    { numRuns: 5000 },
  )
})

function byPlatform(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
