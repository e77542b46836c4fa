import { describe, expect, test } from 'vitest'
import { K256_BASE, K256_DID, P256_BASE, P256_DID } from '../../test/crypto/keys.ts'
import { cryptoCodeOf } from '../../test/crypto/thrown.ts'
import { fromHex } from '../../test/data/hex.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { encodeBase58 } from '../base/index.ts'

const R1 = 'EcdsaSecp256r1VerificationKey2019'
const K1 = 'EcdsaSecp256k1VerificationKey2019'

const multibase = (hex: string): string => `z${encodeBase58(BigInt(`0x${hex}`))}`

/** The same point with its last bit turned, which is on the curve for no x of these. */
const offCurve = ({ x, y }: typeof P256_BASE): string =>
  multibase(`04${x}${y.slice(0, -1)}${(Number.parseInt(y.slice(-1), 16) ^ 2).toString(16)}`)

describePlatforms(
  () => import('./index.ts'),
  (module) => {
    const read = async (type: string, publicKeyMultibase: string): Promise<string> => {
      const { formatDidKey, importVerificationMethod } = module()
      return formatDidKey(await importVerificationMethod({ type, publicKeyMultibase }))
    }

    // The keys of the protocol's interoperability suite.
    test.each([
      ['Multikey', P256_DID.slice(8), P256_DID],
      ['Multikey', K256_DID.slice(8), K256_DID],
      [R1, 'zxdM8dSstjrpZaRUwBmDvjGXweKuEMVN95A9oJBFjkWMh', P256_DID],
      [K1, 'z25z9DTpsiYYJKGsWmSPJK2NFN8PcJtZig12K59UgW7q5t', K256_DID],
    ])('reads a key of type %s: %s', async (type, text, didKey) => {
      expect(await read(type, text)).toBe(didKey)
    })

    test.each([
      [R1, P256_BASE, 'p256'],
      [K1, K256_BASE, 'k256'],
    ] as const)('reads an uncompressed point of type %s', async (type, { x, y }, algorithm) => {
      const { formatDidKey } = module()
      const parity = Number.parseInt(y.slice(-1), 16) % 2 === 0 ? '02' : '03'
      const expected = formatDidKey({ algorithm, bytes: fromHex(parity + x) })
      expect(await read(type, multibase(`04${x}${y}`))).toBe(expected)
      expect(await read(type, multibase(parity + x))).toBe(expected)
    })

    describe('refuses', () => {
      test.each([
        ['another type', 'JsonWebKey2020', P256_DID.slice(8), 'unsupported-key'],
        ['the name of a property of every object', 'constructor', 'z2', 'unsupported-key'],
        ['no text', R1, '', 'invalid-key-text'],
        ['another multibase', R1, 'f04', 'invalid-key-text'],
        ['nothing after the z', K1, 'z', 'invalid-point'],
        ['a Multikey in an older type', K1, K256_DID.slice(8), 'invalid-point'],
        [
          'an older form in a Multikey',
          'Multikey',
          multibase(`04${P256_BASE.x}${P256_BASE.y}`),
          'unsupported-key',
        ],
        [
          'a point of P-256 as one of secp256k1',
          K1,
          multibase(`04${P256_BASE.x}${P256_BASE.y}`),
          'invalid-point',
        ],
        [
          'a point of secp256k1 as one of P-256',
          R1,
          multibase(`04${K256_BASE.x}${K256_BASE.y}`),
          'invalid-point',
        ],
        ['a point beside P-256', R1, offCurve(P256_BASE), 'invalid-point'],
        ['a point beside secp256k1', K1, offCurve(K256_BASE), 'invalid-point'],
        ['an x that P-256 has not', R1, multibase(`02${'0'.repeat(63)}1`), 'invalid-point'],
        ['an x that secp256k1 has not', K1, multibase(`02${'0'.repeat(63)}5`), 'invalid-point'],
        ['an x beyond the field', K1, multibase(`02${'f'.repeat(64)}`), 'invalid-point'],
        ['the point at infinity', K1, multibase('00'), 'invalid-point'],
        ['zeros', R1, multibase(`04${'0'.repeat(128)}`), 'invalid-point'],
        ['a hybrid point', R1, multibase(`07${P256_BASE.x}${P256_BASE.y}`), 'invalid-point'],
        ['half a point', R1, multibase(`04${P256_BASE.x}`), 'invalid-point'],
        ['a byte too many', R1, multibase(`04${P256_BASE.x}${P256_BASE.y}00`), 'invalid-point'],
      ])('%s', async (_, type, text, code) => {
        expect(await cryptoCodeOf(() => read(type, text))).toBe(code)
      })
    })
  },
)
