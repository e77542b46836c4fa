import { expect, test } from 'vitest'
import { fromHex } from '../../test/data/hex.ts'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { CBOR_CID } from '../../test/data/values.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { decodeCid, encodeCid, formatCid, parseCid } from './cid.ts'
import type { DataErrorCode } from './data-error.ts'

const CID_HEX = Buffer.from(encodeCid(parseCid(CBOR_CID))).toString('hex')

const VALUES: [hex: string, value: unknown][] = [
  ['00', 0],
  ['17', 23],
  ['18 18', 24],
  ['19 0100', 256],
  ['1a 00010000', 65_536],
  ['1b 0000000100000000', 2 ** 32],
  ['1b 001fffffffffffff', Number.MAX_SAFE_INTEGER],
  ['20', -1],
  ['38 ff', -256],
  ['3b 001ffffffffffffe', Number.MIN_SAFE_INTEGER],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['60', ''],
  ['63 616263', 'abc'],
  ['64 f09f9880', '😀'],
  ['63 efbbbf', '\ufeff'],
  ['63 efbfbd', '\ufffd'],
  ['40', { $bytes: '' }],
  ['43 010203', { $bytes: 'AQID' }],
  ['41 ff', { $bytes: '/w' }],
  [`d82a 5825 00 ${CID_HEX}`, { $link: CBOR_CID }],
  ['80', []],
  ['82 01 80', [1, []]],
  ['a0', {}],
  ['a3 61 62 01 61 63 02 62 61 61 03', { b: 1, c: 2, aa: 3 }],
]

const REFUSALS: [title: string, hex: string, code: DataErrorCode, offset: number][] = [
  ['no input', '', 'truncated', 0],
  ['a head that is cut', '81 19 01', 'truncated', 1],
  ['a text that is cut', '63 6162', 'truncated', 0],
  ['a byte string that is cut', '81 43 0102', 'truncated', 1],
  ['a list that is cut', '82 01', 'truncated', 0],
  ['a list that ends before its last item', '82 81 01', 'truncated', 3],
  ['a map that is cut', 'a1', 'truncated', 0],
  ['a map without its value', 'a1 61 61', 'truncated', 3],
  ['a map without its second key', 'a2 62 6161 01', 'truncated', 5],
  ['a link that is cut', '81 d82a', 'truncated', 3],
  ['a list that claims 2^53 items', '9b 0020000000000000 01', 'truncated', 0],
  ['a map that claims 2^32 entries', 'ba ffffffff 6161 01', 'truncated', 0],
  ['a text that claims 2^64 bytes', '7b ffffffffffffffff 61', 'truncated', 0],
  ['a byte behind the value', '01 02', 'trailing-bytes', 1],
  ['a small integer in two bytes', '81 18 17', 'not-minimal', 1],
  ['an integer of one byte in two', '19 00ff', 'not-minimal', 0],
  ['an integer of two bytes in four', '1a 0000ffff', 'not-minimal', 0],
  ['an integer of four bytes in eight', '1b 00000000ffffffff', 'not-minimal', 0],
  ['a length in a longer form', '78 03 616263', 'not-minimal', 0],
  ['a key length in a longer form', 'a1 7801 61 01', 'not-minimal', 1],
  ['a tag in a longer form', `d9002a 5825 00 ${CID_HEX}`, 'not-minimal', 0],
  ['a list of indefinite length', '9f 01 ff', 'indefinite-length', 0],
  ['a map of indefinite length', 'bf ff', 'indefinite-length', 0],
  ['a text of indefinite length', '7f 6161 ff', 'indefinite-length', 0],
  ['a byte string of indefinite length', '5f 4161 ff', 'indefinite-length', 0],
  ['a key of indefinite length', 'a1 7f 6161 ff 01', 'indefinite-length', 1],
  ['a break', '81 ff', 'indefinite-length', 1],
  ['a reserved head', '1c', 'malformed', 0],
  ['a reserved head of a map', 'be', 'malformed', 0],
  ['a half float', 'f9 3c00', 'float', 0],
  ['a single float', 'fa 3f800000', 'float', 0],
  ['a double float', '81 fb 3ff0000000000000', 'float', 1],
  ['NaN', 'fb 7ff8000000000000', 'float', 0],
  ['undefined', 'a1 6161 f7', 'undefined', 3],
  ['an unassigned simple value', 'e0', 'simple-value', 0],
  ['a simple value in two bytes', 'f8 ff', 'simple-value', 0],
  ['another tag', 'c1 00', 'unknown-tag', 0],
  ['the tag of big integers', 'c2 41 01', 'unknown-tag', 0],
  ['2^53', '1b 0020000000000000', 'integer-range', 0],
  ['2^64−1', '1b ffffffffffffffff', 'integer-range', 0],
  ['−2^53', '3b 001fffffffffffff', 'integer-range', 0],
  ['−2^64', '81 3b ffffffffffffffff', 'integer-range', 1],
  ['a key that is an integer', 'a1 01 01', 'key-type', 1],
  ['a key that is a byte string', 'a1 41 61 01', 'key-type', 1],
  ['a longer key before a shorter one', 'a2 626161 01 6162 02', 'key-order', 5],
  ['keys of one length out of order', 'a2 6162 01 6161 02', 'key-order', 4],
  ['a key twice', 'a2 6161 01 6161 02', 'duplicate-key', 4],
  ['the empty key twice', 'a2 60 01 60 02', 'duplicate-key', 3],
  ['a map with a key of links', 'a1 65 246c696e6b 6161', 'reserved-key', 1],
  ['a map with a key of bytes', 'a1 66 246279746573 6161', 'reserved-key', 1],
  ['text that is not UTF-8', '81 61 ff', 'invalid-utf8', 1],
  ['text with a surrogate', '63 eda080', 'invalid-utf8', 0],
  ['a key that is not UTF-8', 'a1 61 ff 01', 'invalid-utf8', 1],
  ['a link that is a text', 'd82a 61 61', 'invalid-cid', 2],
  ['a link without its zero', `d82a 5824 ${CID_HEX}`, 'invalid-cid', 0],
  ['a link with another first byte', `d82a 5825 01 ${CID_HEX}`, 'invalid-cid', 0],
  ['an empty link', 'd82a 40', 'invalid-cid', 0],
  ['a link that is too short', `d82a 5824 00 ${CID_HEX.slice(2)}`, 'invalid-cid', 0],
  ['a CID of version 0', `d82a 5823 00 1220 ${'00'.repeat(32)}`, 'unsupported-cid', 0],
  ['an identity CID', 'd82a 46 00 01 55 00 01 61', 'unsupported-cid', 0],
  ['a CID of another codec', `d82a 5825 00 0170 1220 ${'00'.repeat(32)}`, 'unsupported-cid', 0],
  ['a CID of another hash', `d82a 5825 00 0171 1320 ${'00'.repeat(32)}`, 'unsupported-cid', 0],
  ['129 lists in each other', `${'81'.repeat(129)} 01`, 'too-deep', 128],
  ['a million lists in each other', '81'.repeat(1_000_000), 'too-deep', 128],
  ['129 maps in each other', `${'a16161'.repeat(129)} 01`, 'too-deep', 384],
]

describePlatforms(
  () => import('./cbor-decode.ts'),
  (module) => {
    test.each(VALUES)('decodes %s', (hex, value) => {
      expect(module().decodeCbor(fromHex(hex))).toStrictEqual(value)
    })

    test.each(REFUSALS)('refuses %s', (_title, hex, code, offset) => {
      const error = dataErrorOf(() => module().decodeCbor(fromHex(hex)))
      expect([error.code, error.offset]).toEqual([code, offset])
    })

    test('decodes values that are nested 128 deep', () => {
      let value = module().decodeCbor(fromHex(`${'81'.repeat(128)} 05`))
      for (let i = 0; i < 128; i++) value = (value as (typeof value)[])[0]!
      expect(value).toBe(5)
    })

    test('decodes the first value, and gives the rest without copying it', () => {
      const bytes = fromHex('82 01 02 a0 ff')
      const [value, rest] = module().decodeCborFirst(bytes)
      expect(value).toEqual([1, 2])
      expect([...rest]).toEqual([0xa0, 0xff])
      expect(rest.buffer).toBe(bytes.buffer)
    })

    test('a key __proto__ is data', () => {
      const value = module().decodeCbor(fromHex('a1 69 5f5f70726f746f5f5f a1 6161 01'))
      expect(Object.keys(value as object)).toEqual(['__proto__'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect((value as { a?: unknown }).a).toBeUndefined()
    })

    test('decodes texts of every length, with and without letters beyond ASCII', () => {
      for (let length = 0; length < 600; length++) {
        for (const text of ['x'.repeat(length), `${'x'.repeat(length)}ö`]) {
          const utf8 = new TextEncoder().encode(text)
          const head = Buffer.alloc(3)
          head[0] = 0x79
          head.writeUInt16BE(utf8.length, 1)
          const start = utf8.length > 255 ? head : Buffer.of(0x78, utf8.length)
          const bytes =
            utf8.length < 24 ? Buffer.of(0x60 + utf8.length, ...utf8) : Buffer.concat([start, utf8])
          expect(module().decodeCbor(bytes)).toBe(text)
        }
      }
    })

    test('decodes texts that lie far apart, and again from other bytes', () => {
      const long = 'y'.repeat(5000)
      const item = Buffer.concat([
        Buffer.from('791388', 'hex'),
        Buffer.from(long),
        Buffer.from('6161', 'hex'),
      ])
      const bytes = Buffer.concat([Buffer.from('88', 'hex'), item, item, item, item])
      expect(module().decodeCbor(bytes)).toEqual([long, 'a', long, 'a', long, 'a', long, 'a'])
      expect(module().decodeCbor(fromHex('6162'))).toBe('b')
    })

    test('what are no bytes is a mistake of the caller', () => {
      expect(() => module().decodeCbor('00' as unknown as Uint8Array)).toThrow(TypeError)
    })

    test('decodes out of the middle of other bytes', () => {
      const around = fromHex('ffff a1 6161 63 616263 ffff')
      expect(module().decodeCbor(around.subarray(2, 9))).toEqual({ a: 'abc' })
    })

    test('raw: bytes and links are views of the input', () => {
      const bytes = fromHex(`82 43 010203 d82a 5825 00 ${CID_HEX}`)
      const [content, link] = module().decodeCbor(bytes, { raw: true }) as [
        Uint8Array,
        { $link: Uint8Array },
      ]
      expect([...content]).toEqual([1, 2, 3])
      expect(formatCid(decodeCid(link.$link))).toBe(CBOR_CID)
      expect(content.buffer).toBe(bytes.buffer)
      expect(link.$link.buffer).toBe(bytes.buffer)
    })

    test('raw: a map may have any key', () => {
      const value = module().decodeCbor(fromHex('a1 65 246c696e6b 6161'), { raw: true })
      expect(value).toEqual({ $link: 'a' })
    })

    test('what it decoded is plain data', () => {
      const value = module().decodeCbor(fromHex(`a2 6161 43 010203 6162 d82a 5825 00 ${CID_HEX}`))
      expect(structuredClone(value)).toEqual(value)
      expect(JSON.parse(JSON.stringify(value))).toEqual(value)
    })
  },
)
