import { constantFrom, assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../test/data/hex.ts'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { CBOR_CID, RAW_CID } from '../../test/data/values.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { CODEC_DAG_CBOR, CODEC_RAW } from './cid.ts'

const DIGEST = '65062a5a5a00fc16d73c6944237ccbc15b1c4a7234489336891d091741a239d0'

describePlatforms(
  () => import('./cid.ts'),
  (module) => {
    test('parses the text form', () => {
      const { parseCid } = module()
      const { digest, ...parts } = parseCid(CBOR_CID)
      expect(parts).toEqual({ version: 1, codec: 0x71, hash: 0x12 })
      expect(toHex(digest)).toBe(DIGEST)
      expect(parseCid(RAW_CID).codec).toBe(CODEC_RAW)
    })

    test('decodes the binary form', () => {
      const { decodeCid, encodeCid, parseCid } = module()
      const bytes = fromHex(`01711220${DIGEST}`)
      expect(decodeCid(bytes)).toEqual(parseCid(CBOR_CID))
      expect(encodeCid(parseCid(CBOR_CID))).toEqual(bytes)
    })

    test('parses what it formatted, and decodes what it encoded', () => {
      const { decodeCid, encodeCid, formatCid, isCidText, parseCid } = module()
      assert(
        property(
          constantFrom(CODEC_RAW, CODEC_DAG_CBOR),
          uint8Array({ minLength: 32, maxLength: 32 }),
          (codec, bytes) => {
            const digest = new Uint8Array(bytes)
            const cid = { version: 1, codec, hash: 0x12, digest } as const
            const text = formatCid(cid)
            expect(text).toHaveLength(59)
            expect(isCidText(text)).toBe(true)
            expect(parseCid(text)).toEqual(cid)
            expect(decodeCid(encodeCid(cid))).toEqual(cid)
          },
        ),
      )
    })

    test('the digest is a copy, which the next parsing does not change', () => {
      const { parseCid } = module()
      const { digest } = parseCid(CBOR_CID)
      parseCid(RAW_CID)
      expect(toHex(digest)).toBe(DIGEST)
    })

    test.each([
      ['no text', '', 'invalid-cid'],
      ['a letter too few', CBOR_CID.slice(0, -1), 'invalid-cid'],
      ['a letter too many', `${CBOR_CID}a`, 'invalid-cid'],
      ['upper case', CBOR_CID.toUpperCase(), 'invalid-cid'],
      ['bits that no byte uses', `${CBOR_CID.slice(0, -1)}b`, 'invalid-cid'],
      ['a letter of no base32', CBOR_CID.replace('q', '1'), 'invalid-cid'],
      ['base58', 'zdpuAmT7J7oaFJ1kNzRJEaE4dwBBYwmVhgrSWCs3c3nNmYdBp', 'invalid-cid'],
      ['a text of a megabyte', 'b'.repeat(1_000_000), 'invalid-cid'],
      ['version 0 as version 1', `b${'ciqa'.padEnd(59, 'a')}`, 'invalid-cid'],
      ['an identity CID', 'bafkqaaa', 'unsupported-cid'],
      ['another codec', CBOR_CID.replace('bafyrei', 'bafybei'), 'unsupported-cid'],
      ['another hash', 'bafyrmia', 'unsupported-cid'],
    ])('refuses %s', (_title, text, code) => {
      expect(module().isCidText(text)).toBe(false)
      expect(dataErrorOf(() => module().parseCid(text)).code).toBe(code)
    })

    test.each([
      ['no bytes', '', 'invalid-cid'],
      ['a byte too few', `01711220${DIGEST.slice(2)}`, 'invalid-cid'],
      ['a byte too many', `01711220${DIGEST}00`, 'invalid-cid'],
      ['version 0', `1220${DIGEST}`, 'unsupported-cid'],
      ['version 2', `02711220${DIGEST}`, 'invalid-cid'],
      ['another codec', `01701220${DIGEST}`, 'unsupported-cid'],
      ['a short digest', `01711210${DIGEST.slice(32)}`, 'unsupported-cid'],
    ])('refuses the bytes of %s', (_title, hex, code) => {
      expect(dataErrorOf(() => module().decodeCid(fromHex(hex))).code).toBe(code)
    })

    test('a digest of another length is a mistake of the caller', () => {
      const cid = { version: 1, codec: CODEC_RAW, hash: 0x12, digest: new Uint8Array(31) } as const
      expect(() => module().formatCid(cid)).toThrow(RangeError)
      expect(() => module().encodeCid(cid)).toThrow(RangeError)
    })

    test('tells codecs apart where it is asked to', () => {
      const { isCidText } = module()
      expect(isCidText(CBOR_CID, CODEC_DAG_CBOR)).toBe(true)
      expect(isCidText(CBOR_CID, CODEC_RAW)).toBe(false)
      expect(isCidText(1)).toBe(false)
    })
  },
)
