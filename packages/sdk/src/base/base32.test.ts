import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { describePlatforms } from '../../test/platforms.ts'

// RFC 4648 section 10, in lower case, without padding, after the multibase prefix.
const VECTORS: [text: string, base32: string][] = [
  ['', 'b'],
  ['f', 'bmy'],
  ['fo', 'bmzxq'],
  ['foo', 'bmzxw6'],
  ['foob', 'bmzxw6yq'],
  ['fooba', 'bmzxw6ytb'],
  ['foobar', 'bmzxw6ytboi'],
]

describePlatforms(
  () => import('./base32.ts'),
  (module) => {
    const decode = (text: string): Uint8Array | undefined => {
      const bytes = new Uint8Array(text.length)
      const size = module().writeBase32(text, bytes, 0)
      return size < 0 ? undefined : bytes.subarray(0, size)
    }

    test('encodes and decodes the vectors of RFC 4648', () => {
      for (const [text, base32] of VECTORS) {
        const bytes = new TextEncoder().encode(text)
        expect(module().encodeBase32(bytes)).toBe(base32)
        expect(decode(base32)).toEqual(bytes)
      }
    })

    test('decodes what it encoded, of any length, out of the middle of other bytes', () => {
      assert(
        property(uint8Array({ maxLength: 200 }), (bytes) => {
          const around = new Uint8Array(bytes.length + 9)
          around.set(bytes, 4)
          const text = module().encodeBase32(around, 4, 4 + bytes.length)
          expect(decode(text)).toEqual(bytes)
        }),
      )
    })

    test('refuses texts that stand for no bytes, or not in the one way', () => {
      const faults = {
        'no prefix': 'mzxw6ytb',
        'another base': 'fmzxw6ytb',
        empty: '',
        'upper case': 'bMZXW6YTB',
        'a digit beyond the alphabet': 'bmzxw6yt1',
        'a letter beyond ASCII': 'bmzxw6ytü',
        'a letter that looks like ASCII in its lowest byte': 'bmzxw6yt\u0161',
        'bits that no byte uses': 'bmz',
        'a letter that no byte uses': 'bmzxw6ytba',
        padding: 'bmy======',
      }
      for (const [fault, text] of Object.entries(faults)) {
        expect(decode(text), fault).toBeUndefined()
      }
    })
  },
)
