import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../test/data/hex.ts'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { CBOR_CID } from '../../test/data/values.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { encodeCid, parseCid } from './cid.ts'
import type { DataErrorCode } from './data-error.ts'

const CID_HEX = toHex(encodeCid(parseCid(CBOR_CID)))

const VALUES: [value: unknown, hex: string][] = [
  [0, '00'],
  [-0, '00'],
  [23, '17'],
  [24, '1818'],
  [255, '18ff'],
  [256, '190100'],
  [65_535, '19ffff'],
  [65_536, '1a00010000'],
  [2 ** 31, '1a80000000'],
  [2 ** 32 - 1, '1affffffff'],
  [2 ** 32, '1b0000000100000000'],
  [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
  [-1, '20'],
  [-24, '37'],
  [-25, '3818'],
  [-256, '38ff'],
  [-257, '390100'],
  [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
  [null, 'f6'],
  [true, 'f5'],
  [false, 'f4'],
  ['', '60'],
  ['abc', '63616263'],
  ['ö', '62c3b6'],
  ['a\u0000b', '63610062'],
  [[1, [2]], '82018102'],
  [{}, 'a0'],
  [{ aa: 3, c: 2, b: 1 }, 'a3616201616302 62616103'.replaceAll(' ', '')],
  [{ $bytes: '' }, '40'],
  [{ $bytes: 'AQID' }, '43010203'],
  [{ $bytes: '/w' }, '41ff'],
  [{ $bytes: '/w==' }, '41ff'],
  [{ $link: CBOR_CID }, `d82a582500${CID_HEX}`],
  [Object.assign(Object.create(null), { a: 1 }), 'a1616101'],
]

class Point {
  x = 1
}

const cycle: unknown[] = []
cycle.push(cycle)

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value }
  return value
}

const REFUSALS: [title: string, value: unknown, code: DataErrorCode][] = [
  ['undefined', undefined, 'undefined'],
  ['undefined under a key', { a: undefined }, 'undefined'],
  ['a hole', [1, , 2], 'undefined'], // oxlint-disable-line no-sparse-arrays
  ['a float', 1.5, 'float'],
  ['NaN', Number.NaN, 'float'],
  ['an infinity', -Infinity, 'float'],
  ['2^53', 2 ** 53, 'integer-range'],
  ['−2^53', -(2 ** 53), 'integer-range'],
  ['a bigint', 1n, 'unsupported-value'],
  ['a symbol', Symbol('a'), 'unsupported-value'],
  ['a function', () => 1, 'unsupported-value'],
  ['a date', new Date(), 'unsupported-value'],
  ['a map', new Map(), 'unsupported-value'],
  ['an instance of a class', new Point(), 'unsupported-value'],
  ['bytes outside raw mode', Uint8Array.of(1), 'unsupported-value'],
  ['a boxed string', Object('a'), 'unsupported-value'],
  ['a key beside $link', { $link: CBOR_CID, a: 1 }, 'reserved-key'],
  ['a key beside $bytes', { a: 1, $bytes: '' }, 'reserved-key'],
  ['$link and $bytes', { $link: CBOR_CID, $bytes: '' }, 'reserved-key'],
  ['a link that is no text', { $link: 1 }, 'invalid-cid'],
  ['a link that is no CID', { $link: '.' }, 'invalid-cid'],
  ['a link in upper case', { $link: CBOR_CID.toUpperCase() }, 'invalid-cid'],
  ['a link with bytes outside raw mode', { $link: new Uint8Array(36) }, 'invalid-cid'],
  ['bytes that are no text', { $bytes: [1] }, 'invalid-base64'],
  ['bytes that are not base64', { $bytes: '?' }, 'invalid-base64'],
  ['bytes of an impossible length', { $bytes: 'A' }, 'invalid-base64'],
  ['a lone surrogate', '\ud800', 'invalid-utf8'],
  ['a lone surrogate in a long text', `${'x'.repeat(300)}\udc00`, 'invalid-utf8'],
  ['a lone surrogate in a key', { '\ud800': 1 }, 'invalid-utf8'],
  ['values nested 129 deep', nested(129), 'too-deep'],
  ['a cycle', cycle, 'too-deep'],
]

describePlatforms(
  () => import('./cbor-encode.ts'),
  (module) => {
    test.each(VALUES)('encodes %j', (value, hex) => {
      expect(toHex(module().encodeCbor(value))).toBe(hex)
    })

    test.each(REFUSALS)('refuses %s', (_title, value, code) => {
      expect(dataErrorOf(() => module().encodeCbor(value)).code).toBe(code)
      expect(dataErrorOf(() => module().encodeCbor([{ in: [value] }])).code).toBe(code)
      // What was written before the fault is gone.
      expect(toHex(module().encodeCbor(1))).toBe('01')
    })

    test('encodes values that are nested 128 deep', () => {
      expect(module().encodeCbor(nested(128))).toHaveLength(64 + 64 * 3 + 1)
    })

    test('orders keys by the length of their UTF-8, then by its bytes', () => {
      const keys = ['', 'b', 'aa', 'ab', 'ö', 'ü', 'aaa', 'aö', '日', '\uffff', '😀', 'aaaa']
      const object = Object.fromEntries(keys.toReversed().map((key) => [key, 0]))
      const expected = keys
        .map((key) => new TextEncoder().encode(key))
        .toSorted((a, b) => a.length - b.length || Buffer.compare(a, b))
        .map((key) => `${toHex(Uint8Array.of(0x60 + key.length))}${toHex(key)}00`)
      expect(toHex(module().encodeCbor(object))).toBe(`ac${expected.join('')}`)
    })

    test('encodes objects with the same keys in another order alike, and with other keys not', () => {
      const { encodeCbor } = module()
      const hex = (value: unknown): string => toHex(encodeCbor(value))
      expect(hex({ b: 1, a: 2 })).toBe(hex({ a: 2, b: 1 }))
      for (const middle of 'cdefghijklmnopqrstuvw') {
        expect(hex({ a: 0, [middle]: 1, z: 2 })).toBe(
          `a3616100${toHex(encodeCbor(middle))}01617a02`,
        )
      }
    })

    test('encodes objects with many keys, and with long ones', () => {
      const keys = Array.from({ length: 100 }, (_, i) => 'k'.repeat(i))
      const bytes = module().encodeCbor(Object.fromEntries(keys.map((key) => [key, null])))
      const heads = keys.map((key) => (key.length < 24 ? 1 : 2) + key.length + 1)
      expect(bytes).toHaveLength(2 + heads.reduce((sum, size) => sum + size, 0))
    })

    test('a key __proto__ is data', () => {
      const value: unknown = JSON.parse('{"__proto__":1}')
      expect(toHex(module().encodeCbor(value))).toBe('a1695f5f70726f746f5f5f01')
    })

    test('encodes objects of another realm', () => {
      const value: unknown = runInContext('({ a: [{}] })', createContext())
      expect(toHex(module().encodeCbor(value))).toBe('a1616181a0')
    })

    test('what follows does not change the bytes that it gave', () => {
      const { encodeCbor } = module()
      const values = Array.from({ length: 3000 }, (_, i) => ({ i, text: 'x'.repeat(i % 100) }))
      const given = values.map((value) => encodeCbor(value))
      for (const [i, value] of values.entries()) expect(given[i]).toEqual(encodeCbor(value))
    })

    test('large bytes keep nothing else alive', () => {
      const bytes = module().encodeCbor('x'.repeat(3000))
      expect(bytes.buffer.byteLength).toBe(bytes.length)
    })

    test('goes on where bytes that it gave were transferred', () => {
      const { encodeCbor } = module()
      const bytes = encodeCbor({ a: 'abc' })
      structuredClone(bytes, { transfer: [bytes.buffer] })
      expect(toHex(encodeCbor({ a: 1 }))).toBe('a1616101')
    })

    test('encodes texts of every length, with and without letters beyond ASCII', () => {
      for (let length = 0; length < 400; length++) {
        for (const text of ['x'.repeat(length), `${'x'.repeat(length)}ö`, '日'.repeat(length)]) {
          const utf8 = new TextEncoder().encode(text)
          const size = utf8.length
          const head =
            size < 24
              ? Uint8Array.of(0x60 + size)
              : size < 256
                ? Uint8Array.of(0x78, size)
                : Uint8Array.of(0x79, size >> 8, size)
          expect(toHex(module().encodeCbor(text))).toBe(toHex(head) + toHex(utf8))
        }
      }
    })

    test('encodes more than it has room for at first', () => {
      const long = 'é'.repeat(100_000)
      const bytes = module().encodeCbor([long, long])
      expect(bytes).toHaveLength(1 + 2 * (5 + 200_000))
      expect(new TextDecoder().decode(bytes.subarray(6, 200_006))).toBe(long)
    })

    test('encoding from within a getter disturbs nothing', () => {
      const { encodeCbor } = module()
      const value = {
        a: 1,
        get b() {
          return toHex(encodeCbor({ inner: ['x'.repeat(50_000)] })).length
        },
        c: { $bytes: 'AQID' },
      }
      expect(encodeCbor(value)).toEqual(encodeCbor({ a: 1, b: value.b, c: value.c }))
    })

    test('raw: takes Uint8Array for bytes and for the CID of a link', () => {
      const { encodeCbor } = module()
      const link = encodeCid(parseCid(CBOR_CID))
      expect(encodeCbor({ a: fromHex('010203'), b: { $link: link } }, { raw: true })).toEqual(
        encodeCbor({ a: { $bytes: 'AQID' }, b: { $link: CBOR_CID } }),
      )
      expect(dataErrorOf(() => encodeCbor({ $link: link.subarray(1) }, { raw: true })).code).toBe(
        'invalid-cid',
      )
    })
  },
)
