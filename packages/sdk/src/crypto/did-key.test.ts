import { assert, constantFrom, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { K256_DID, P256_DID } from '../../test/crypto/keys.ts'
import { cryptoCodeOf } from '../../test/crypto/thrown.ts'
import { toHex } from '../../test/data/hex.ts'
import { encodeBase58 } from '../base/index.ts'
import { CryptoError } from './crypto-error.ts'
import { formatDidKey, formatMultikey, parseDidKey, parseMultikey } from './did-key.ts'

const COMPRESSED = Uint8Array.of(2, ...new Uint8Array(32).fill(7))

const multikey = (...bytes: number[]): string =>
  `z${encodeBase58(BigInt(`0x${toHex(Uint8Array.from(bytes))}`))}`

test.each([
  [P256_DID, 'p256'],
  [K256_DID, 'k256'],
])('reads the algorithm and the compressed point of %s', (didKey, algorithm) => {
  const key = parseDidKey(didKey)
  expect(key.algorithm).toBe(algorithm)
  expect(key.bytes).toHaveLength(33)
  expect(formatDidKey(key)).toBe(didKey)
})

test('a did:key is a Multikey behind its prefix', () => {
  const text = P256_DID.slice('did:key:'.length)
  expect(parseMultikey(text)).toEqual(parseDidKey(P256_DID))
  expect(formatMultikey(parseMultikey(text))).toBe(text)
})

test('reads what it wrote', () => {
  assert(
    property(
      constantFrom('p256', 'k256'),
      constantFrom(2, 3),
      uint8Array({ minLength: 32, maxLength: 32 }),
      (algorithm, parity, x) => {
        const key = { algorithm, bytes: Uint8Array.of(parity, ...x) } as const
        expect(parseDidKey(formatDidKey(key))).toEqual(key)
      },
    ),
  )
})

describe('refuses', () => {
  test.each([P256_DID, K256_DID])('every truncation of %s', async (didKey) => {
    for (let length = 0; length < didKey.length; length++) {
      const text = didKey.slice(0, length)
      // What is left of the number is another one: without a codec of ours, or too short.
      expect(['invalid-key-text', 'unsupported-key', 'invalid-point'], text).toContain(
        await cryptoCodeOf(() => parseDidKey(text)),
      )
    }
  })

  test.each([
    ['no text', '', 'invalid-key-text'],
    ['another DID', 'did:plc:z72i7hdynmk6r22z27h6tvur', 'invalid-key-text'],
    ['a Multikey without the prefix', P256_DID.slice(8), 'invalid-key-text'],
    ['a prefix in capitals', P256_DID.replace('did:key', 'DID:KEY'), 'invalid-key-text'],
    ['a fragment', `${P256_DID}#atproto`, 'invalid-key-text'],
    ['a space before it', ` ${P256_DID}`, 'invalid-key-text'],
    ['a line behind it', `${P256_DID}\n`, 'invalid-key-text'],
    ['another multibase', 'did:key:f8024036b17', 'invalid-key-text'],
    ['a letter that is not of base58', P256_DID.replace('Q', '0'), 'invalid-key-text'],
    ['megabytes', `did:key:z${'2'.repeat(5_000_000)}`, 'invalid-key-text'],
    ['a zero before the key', P256_DID.replace(':z', ':z1'), 'invalid-key-text'],
    ['nothing after the z', 'did:key:z', 'unsupported-key'],
    [
      'an Ed25519 key',
      'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      'unsupported-key',
    ],
    ['a private key', `did:key:${multikey(0x81, 0x26, ...COMPRESSED)}`, 'unsupported-key'],
    ['half a codec', `did:key:${multikey(0x80)}`, 'unsupported-key'],
    ['a codec alone', `did:key:${multikey(0x80, 0x24)}`, 'invalid-point'],
    [
      'an uncompressed point',
      `did:key:${multikey(0x80, 0x24, 4, ...new Uint8Array(64).fill(1))}`,
      'invalid-point',
    ],
    [
      'a point of another form',
      `did:key:${multikey(0xe7, 1, 5, ...COMPRESSED.subarray(1))}`,
      'invalid-point',
    ],
    ['a byte too many', `did:key:${multikey(0xe7, 1, ...COMPRESSED, 0)}`, 'invalid-point'],
    ['a byte too few', `did:key:${multikey(0xe7, 1, ...COMPRESSED.slice(1))}`, 'invalid-point'],
  ])('%s', async (_, text, code) => {
    expect(await cryptoCodeOf(() => parseDidKey(text))).toBe(code)
  })

  test('any other text with a CryptoError', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(() => parseDidKey(`did:key:z${text}`)).toThrow(CryptoError)
      }),
    )
  })

  test.each([0, 32, 34, 65])('to write %i bytes that are no compressed point', async (length) => {
    const key = { algorithm: 'p256', bytes: new Uint8Array(length).fill(2) } as const
    expect(await cryptoCodeOf(() => formatDidKey(key))).toBe('invalid-point')
  })
})
