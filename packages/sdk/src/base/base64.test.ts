import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { describePlatforms } from '../../test/platforms.ts'

// RFC 4648 section 10.
const VECTORS: [text: string, base64: string][] = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
]

describePlatforms(
  async () => ({ ...(await import('./base64.ts')), ...(await import('./text.ts')) }),
  (module) => {
    test('encodes the vectors of RFC 4648 without padding, decodes them with and without', () => {
      for (const [text, padded] of VECTORS) {
        const bytes = new TextEncoder().encode(text)
        const bare = padded.replaceAll('=', '')
        expect(module().encodeBase64(bytes)).toBe(bare)
        expect(module().decodeBase64(padded)).toEqual(bytes)
        expect(module().decodeBase64(bare)).toEqual(bytes)
        expect(module().base64Size(padded)).toBe(bytes.length)
      }
    })

    test('decodes what it encoded, and agrees with Buffer', () => {
      assert(
        property(uint8Array({ maxLength: 200 }), (bytes) => {
          const text = module().encodeBase64(bytes)
          expect(text).toBe(Buffer.from(bytes).toString('base64').replaceAll('=', ''))
          expect(module().decodeBase64(text)).toEqual(bytes)
        }),
      )
    })

    test('encodes a range, and nothing of what follows it', () => {
      const bytes = new TextEncoder().encode('xxfoobarxx')
      expect(module().encodeBase64(bytes, 2, 8)).toBe('Zm9vYmFy')
      expect(module().encodeBase64(bytes, 2, 7)).toBe('Zm9vYmE')
      expect(module().encodeBase64(bytes, 2, 6)).toBe('Zm9vYg')
    })

    test('refuses texts that stand for no bytes, or not in the one way', () => {
      const faults = {
        'one digit': 'Z',
        'one digit too many': 'Zm9vY',
        'half of the padding': 'Zg=',
        'padding where none is due': 'Zm9v====',
        'padding inside': 'Zg==Zg==',
        'only padding': '==',
        'the alphabet of URLs': 'Zm-_',
        'a space': 'Zm9 ',
        'a letter beyond ASCII': 'Zmü=',
        'bits that no byte uses': 'Zh==',
      }
      for (const [fault, text] of Object.entries(faults)) {
        expect(module().decodeBase64(text), fault).toBeUndefined()
      }
    })
  },
)
