import { assert, bigInt, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { K256_ORDER, P256_ORDER, scalarOf } from '../../test/crypto/keys.ts'
import { toHex } from '../../test/data/hex.ts'
import { signatureFault, toLowS } from './signature.ts'

const ORDERS = { p256: P256_ORDER, k256: K256_ORDER }
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`)

const signatureOf = (r: number | bigint, s: number | bigint): Uint8Array =>
  Uint8Array.of(...scalarOf(r), ...scalarOf(s))

describe.each(['p256', 'k256'] as const)('a signature on %s', (algorithm) => {
  const order = numberOf(ORDERS[algorithm])
  // The order is odd, so that no s is in the middle.
  const highestLowS = order / 2n

  test.each([
    ['the smallest numbers', signatureOf(1, 1), undefined],
    ['the largest r', signatureOf(order - 1n, 1), undefined],
    ['the largest s', signatureOf(1, highestLowS), undefined],
    ['the smallest s that is too high', signatureOf(1, highestLowS + 1n), 'signature-high-s'],
    ['the highest s', signatureOf(1, order - 1n), 'signature-high-s'],
    ['no r', signatureOf(0, 1), 'signature-range'],
    ['no s', signatureOf(1, 0), 'signature-range'],
    ['nothing but zeros', signatureOf(0, 0), 'signature-range'],
    ['an r that is the order', signatureOf(order, 1), 'signature-range'],
    ['an s that is the order', signatureOf(1, order), 'signature-range'],
    ['nothing but ones', new Uint8Array(64).fill(0xff), 'signature-range'],
    ['no bytes', new Uint8Array(), 'signature-length'],
    ['63 bytes', new Uint8Array(63).fill(1), 'signature-length'],
    ['65 bytes', new Uint8Array(65).fill(1), 'signature-length'],
    ['megabytes', new Uint8Array(5_000_000).fill(1), 'signature-length'],
    ['DER', Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1), 'signature-der'],
  ])('of %s', (_, signature, fault) => {
    expect(signatureFault(algorithm, signature)).toBe(fault)
  })
})

test('the lower s is the order less the higher', () => {
  assert(
    property(
      constantFrom('p256', 'k256'),
      bigInt({ min: 1n, max: 2n ** 255n }),
      (algorithm, any) => {
        const order = numberOf(ORDERS[algorithm])
        const s = (any % (order - 1n)) + 1n
        const expected = s > order / 2n ? order - s : s
        const given = signatureOf(5, s)
        expect(toHex(toLowS(algorithm, given))).toBe(toHex(signatureOf(5, expected)))
        expect(toHex(toLowS(algorithm, signatureOf(5, order - s)))).toBe(
          toHex(signatureOf(5, expected)),
        )
        expect(given).toEqual(signatureOf(5, s))
      },
    ),
  )
})
