import { describe, expect, test } from 'vitest'
import { K256_BASE, K256_ORDER, P256_BASE, P256_ORDER, scalarOf } from '../../test/crypto/keys.ts'
import { cryptoCodeOf } from '../../test/crypto/thrown.ts'
import { fromHex, toHex } from '../../test/data/hex.ts'
import { describePlatforms } from '../../test/platforms.ts'

const ORDERS = { p256: P256_ORDER, k256: K256_ORDER }
const BASES = { p256: P256_BASE, k256: K256_BASE }
const MESSAGE = new TextEncoder().encode('hello')

describePlatforms(
  () => import('./index.ts'),
  (module) => {
    describe.each(['p256', 'k256'] as const)('a key of %s', (algorithm) => {
      test('that is new signs what its public key verifies', async () => {
        const { generateKeypair, parseDidKey, verifySignature } = module()
        const keypair = await generateKeypair(algorithm)
        expect(keypair.algorithm).toBe(algorithm)
        expect(parseDidKey(keypair.did).algorithm).toBe(algorithm)
        const signature = await keypair.sign(MESSAGE)
        expect(signature).toHaveLength(64)
        expect(await verifySignature(keypair.did, MESSAGE, signature)).toBe(true)
      })

      test('is another each time', async () => {
        const { generateKeypair } = module()
        const first = await generateKeypair(algorithm)
        expect((await generateKeypair(algorithm)).did).not.toBe(first.did)
      })

      test('signs with the lower s every time', async () => {
        const { generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair(algorithm)
        for (let i = 0; i < 24; i++) {
          const bytes = Uint8Array.of(i)
          expect(await verifySignature(keypair.did, bytes, await keypair.sign(bytes))).toBe(true)
        }
      })

      test('signs no bytes, and bytes in the middle of a buffer', async () => {
        const { generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair(algorithm)
        const buffer = Uint8Array.from({ length: 100 }, (_, i) => i)
        for (const bytes of [new Uint8Array(), buffer.subarray(10, 50)]) {
          const signature = await keypair.sign(bytes)
          expect(await verifySignature(keypair.did, Uint8Array.from(bytes), signature)).toBe(true)
        }
      })

      test('is the same after export and import', async () => {
        const { generateKeypair, importKeypair, verifySignature } = module()
        const keypair = await generateKeypair(algorithm)
        const imported = await importKeypair(algorithm, keypair.export())
        expect(imported.did).toBe(keypair.did)
        expect(imported.export()).toEqual(keypair.export())
        const signature = await imported.sign(MESSAGE)
        expect(await verifySignature(keypair.did, MESSAGE, signature)).toBe(true)
      })

      test('does not change with the bytes that it came from or gave', async () => {
        const { importKeypair } = module()
        const bytes = scalarOf(77)
        const keypair = await importKeypair(algorithm, bytes)
        bytes.fill(1)
        keypair.export().fill(2)
        expect(keypair.export()).toEqual(scalarOf(77))
      })

      test('is not in what is printed or stored of it', async () => {
        const { importKeypair } = module()
        const keypair = await importKeypair(algorithm, scalarOf(0x77777777n ** 8n))
        expect(Object.keys(JSON.parse(JSON.stringify(keypair)))).toEqual(['did', 'algorithm'])
      })

      test('of 1 is the base point, and of the largest number the point opposite', async () => {
        const { importKeypair, parseDidKey } = module()
        const { x } = BASES[algorithm]
        const one = parseDidKey((await importKeypair(algorithm, scalarOf(1))).did)
        expect(toHex(one.bytes).slice(2)).toBe(x)
        const largest = Uint8Array.from(ORDERS[algorithm])
        largest[31]! -= 1
        const opposite = parseDidKey((await importKeypair(algorithm, largest)).did)
        expect(toHex(opposite.bytes).slice(2)).toBe(x)
        expect(opposite.bytes[0]! + one.bytes[0]!).toBe(5)
      })

      test.each([
        ['zero', new Uint8Array(32)],
        ['the order', ORDERS[algorithm]],
        ['a number above the order', new Uint8Array(32).fill(0xff)],
        ['no bytes', new Uint8Array()],
        ['31 bytes', new Uint8Array(31).fill(1)],
        ['33 bytes', new Uint8Array(33).fill(1)],
      ])('is not %s', async (_, bytes) => {
        const { importKeypair } = module()
        expect(await cryptoCodeOf(() => importKeypair(algorithm, bytes))).toBe(
          'invalid-private-key',
        )
      })
    })
  },
)

// RFC 6979, appendix A.2.5, with the lower s.
test('portable code signs as RFC 6979 says', async () => {
  const { importSigner } = await import('./ecdsa.portable.ts')
  const { toLowS } = await import('./signature.ts')
  const privateKey = fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')
  const signer = await importSigner('p256', privateKey)
  const signature = await signer.sign(new TextEncoder().encode('sample'))
  const r = 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716'
  const s = 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8'
  expect(toHex(toLowS('p256', signature))).toBe(toHex(toLowS('p256', fromHex(r + s))))
})
