import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { describePlatforms } from '../../test/platforms.ts'

describePlatforms(
  async () => ({ ...(await import('./utf8.ts')), ...(await import('./text.ts')) }),
  (module) => {
    const decode = (...bytes: number[]): string | undefined =>
      module().decodeUtf8(Uint8Array.from(bytes), 0, bytes.length)

    test('decodes any text, U+FFFD and a leading U+FEFF included', () => {
      const encoder = new TextEncoder()
      const check = (text: string): void => {
        const bytes = encoder.encode(`<${text}>`)
        expect(module().decodeUtf8(bytes, 1, bytes.length - 1)).toBe(text)
        const into = new Uint8Array(text.length * 3 + 1)
        const size = module().writeUtf8(text, into, 1)
        expect(into.subarray(1, 1 + size)).toEqual(encoder.encode(text))
      }
      for (const text of ['', 'a', '\ufffd', '\ufeffa', '\0', 'ö日😀']) check(text)
      assert(property(string({ unit: 'binary' }), check))
    })

    test('refuses what is not well-formed', () => {
      const faults: Record<string, number[]> = {
        'a lone continuation': [0x80],
        'a cut sequence': [0xe2, 0x82],
        'an overlong slash': [0xc0, 0xaf],
        'an overlong null': [0xe0, 0x80, 0x80],
        'a surrogate': [0xed, 0xa0, 0x80],
        'beyond U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
        'a byte of no sequence': [0xff],
        'a fault beside U+FFFD': [0xef, 0xbf, 0xbd, 0xff],
      }
      for (const [fault, bytes] of Object.entries(faults)) {
        expect(decode(...bytes), fault).toBeUndefined()
      }
    })

    test('knows lone surrogates', () => {
      expect(module().isWellFormed('😀')).toBe(true)
      expect(module().isWellFormed('😀'.slice(1))).toBe(false)
      expect(module().isWellFormed('a\ud800')).toBe(false)
    })
  },
)
