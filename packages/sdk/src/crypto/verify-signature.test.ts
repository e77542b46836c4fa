import secp256k1Native from 'secp256k1'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { K256_ORDER, P256_ORDER } from '../../test/crypto/keys.ts'
import { cryptoCodeOf } from '../../test/crypto/thrown.ts'
import { fromHex, toHex } from '../../test/data/hex.ts'
import { describePlatforms } from '../../test/platforms.ts'
import { sha256 } from '../base/index.ts'
import type * as front from './index.ts'

const ORDERS = { p256: P256_ORDER, k256: K256_ORDER }
const nativeVerify: front.PointVerifier = (point, bytes, signature) =>
  secp256k1Native.ecdsaVerify(signature, sha256(bytes), point)

const MESSAGE = new TextEncoder().encode('hello')

const withHighS = (algorithm: 'p256' | 'k256', signature: Uint8Array): Uint8Array => {
  const number = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`)
  const s = number(ORDERS[algorithm]) - number(signature.subarray(32))
  return Uint8Array.of(...signature.subarray(0, 32), ...fromHex(s.toString(16).padStart(64, '0')))
}

/** DER of a signature of 64 bytes (SEC 1, appendix C.5). */
const toDer = (signature: Uint8Array): Uint8Array => {
  const integer = (bytes: Uint8Array): number[] => {
    const first = bytes.findIndex((byte) => byte !== 0)
    const digits = [...bytes.subarray(first)]
    if (digits[0]! >= 0x80) digits.unshift(0)
    return [2, digits.length, ...digits]
  }
  const body = [...integer(signature.subarray(0, 32)), ...integer(signature.subarray(32))]
  return Uint8Array.of(0x30, body.length, ...body)
}

describePlatforms(
  () => import('./index.ts'),
  (module) => {
    describe.each(['p256', 'k256'] as const)('a signature on %s', (algorithm) => {
      let keypair: front.Keypair
      let signature: Uint8Array

      beforeAll(async () => {
        keypair = await module().generateKeypair(algorithm)
        signature = await keypair.sign(MESSAGE)
      })

      const codeOf = async (bytes: Uint8Array, candidate: Uint8Array): Promise<string> => {
        const { assertSignature, verifySignature } = module()
        expect(await verifySignature(keypair.did, bytes, candidate)).toBe(false)
        return cryptoCodeOf(() => assertSignature(keypair.did, bytes, candidate))
      }

      test('holds for its bytes and key, time and again', async () => {
        const { assertSignature, verifySignature } = module()
        for (let i = 0; i < 3; i++) {
          expect(await verifySignature(keypair.did, MESSAGE, signature)).toBe(true)
          await assertSignature(keypair.did, MESSAGE, signature)
        }
      })

      test('does not hold for other bytes', async () => {
        expect(await codeOf(MESSAGE.subarray(1), signature)).toBe('signature-mismatch')
        expect(await codeOf(new Uint8Array(), signature)).toBe('signature-mismatch')
      })

      test('does not hold for another key', async () => {
        const { generateKeypair, verifySignature } = module()
        const other = await generateKeypair(algorithm)
        expect(await verifySignature(other.did, MESSAGE, signature)).toBe(false)
      })

      test('does not hold with any byte changed', async () => {
        for (let i = 0; i < 64; i++) {
          const changed = Uint8Array.from(signature)
          changed[i]! ^= 1
          expect(await codeOf(MESSAGE, changed), `byte ${i}`).toMatch(/^signature-/)
        }
      })

      test('is refused cut short anywhere', async () => {
        for (let length = 0; length < 64; length++) {
          const short = signature.subarray(0, length)
          expect(await codeOf(MESSAGE, short)).toMatch(/^signature-(?:length|der)$/)
        }
      })

      test('is refused with the higher s, which is as true but not the one form', async () => {
        expect(await codeOf(MESSAGE, withHighS(algorithm, signature))).toBe('signature-high-s')
      })

      test('is refused in DER', async () => {
        expect(await codeOf(MESSAGE, toDer(signature))).toBe('signature-der')
      })

      test('is refused where a number is zero or too large', async () => {
        const [r, s] = [signature.subarray(0, 32), signature.subarray(32)]
        for (const number of [new Uint8Array(32), ORDERS[algorithm]]) {
          expect(await codeOf(MESSAGE, Uint8Array.of(...number, ...s))).toBe('signature-range')
          expect(await codeOf(MESSAGE, Uint8Array.of(...r, ...number))).toBe('signature-range')
        }
      })

      test('is verified among many at once', async () => {
        const { verifySignature } = module()
        const messages = Array.from({ length: 12 }, (_, i) => Uint8Array.of(i))
        const signatures = await Promise.all(messages.map((bytes) => keypair.sign(bytes)))
        const answers = await Promise.all(
          messages.map((bytes, i) => verifySignature(keypair.did, bytes, signatures[i ^ 1]!)),
        )
        expect(answers).toEqual(messages.map(() => false))
        const again = messages.map((bytes, i) =>
          verifySignature(keypair.did, bytes, signatures[i]!),
        )
        expect(await Promise.all(again)).toEqual(messages.map(() => true))
      })

      test('by a point beside the curve is no signature, and the key is at fault', async () => {
        const { formatDidKey, verifySignature } = module()
        // The curves have no point with this x.
        const x = algorithm === 'p256' ? 1 : 5
        const bytes = Uint8Array.of(2, ...new Uint8Array(31), x)
        const did = formatDidKey({ algorithm, bytes })
        for (let i = 0; i < 2; i++) {
          const code = await cryptoCodeOf(() => verifySignature(did, MESSAGE, signature))
          expect(code).toBe('invalid-point')
        }
      })
    })

    test('a key that cannot be read is at fault, not the signature', async () => {
      const { verifySignature } = module()
      const signature = new Uint8Array(64).fill(1)
      const code = await cryptoCodeOf(() => verifySignature('did:key:z', MESSAGE, signature))
      expect(code).toBe('unsupported-key')
    })

    describe('with a verifier of the caller for secp256k1', () => {
      test('that is native: the same signatures hold', async () => {
        const { generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair('k256')
        const signature = await keypair.sign(MESSAGE)
        const k256 = vi.fn<front.PointVerifier>(nativeVerify)
        const verify = (bytes: Uint8Array, candidate: Uint8Array): Promise<boolean> =>
          verifySignature(keypair.did, bytes, candidate, { k256 })
        expect(await verify(MESSAGE, signature)).toBe(true)
        expect(await verify(MESSAGE.subarray(1), signature)).toBe(false)
        expect(k256).toHaveBeenCalledTimes(2)
        expect(await verify(MESSAGE, withHighS('k256', signature))).toBe(false)
        expect(await verify(MESSAGE, toDer(signature))).toBe(false)
        // Those two have no form that a verifier needs to see.
        expect(k256).toHaveBeenCalledTimes(2)
      })

      test('that is asynchronous: its answer counts', async () => {
        const { generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair('k256')
        const signature = await keypair.sign(MESSAGE)
        for (const answer of [true, false]) {
          const k256 = async (): Promise<boolean> => answer
          expect(await verifySignature(keypair.did, MESSAGE, signature, { k256 })).toBe(answer)
        }
      })

      test('P-256 does not ask it', async () => {
        const { generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair('p256')
        const signature = await keypair.sign(MESSAGE)
        const k256 = (): boolean => expect.unreachable()
        expect(await verifySignature(keypair.did, MESSAGE, signature, { k256 })).toBe(true)
      })

      test('that throws: the error says so and holds the cause', async () => {
        const { formatDidKey, generateKeypair, verifySignature } = module()
        const keypair = await generateKeypair('k256')
        const signature = await keypair.sign(MESSAGE)
        const beside = formatDidKey({
          algorithm: 'k256',
          bytes: Uint8Array.of(2, ...new Uint8Array(31), 5),
        })
        await expect(
          verifySignature(beside, MESSAGE, signature, { k256: nativeVerify }),
        ).rejects.toMatchObject({ code: 'verifier-failed', cause: expect.any(Error) })
      })
    })
  },
)

describe('where the platform lacks', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test('compressed points in WebCrypto, they are written out for it', async () => {
    const { importVerifier } = await import('./ecdsa.web.ts')
    const { importKeypair, parseDidKey } = await import('./index.ts')
    const keypair = await importKeypair('p256', new Uint8Array(32).fill(7))
    const { bytes: point } = parseDidKey(keypair.did)
    const signature = await keypair.sign(MESSAGE)
    const original = crypto.subtle.importKey.bind(crypto.subtle)
    const spy = vi.spyOn(crypto.subtle, 'importKey')
    spy.mockImplementation((async (...input: Parameters<typeof original>) => {
      const [, data] = input
      if ((data as unknown as Uint8Array).length === 33) throw new DOMException('', 'DataError')
      return original(...input)
    }) as typeof original)
    const verify = await importVerifier('p256', point)
    expect(spy).toHaveBeenCalledTimes(2)
    expect(await verify?.(MESSAGE, signature)).toBe(true)
    expect(await verify?.(MESSAGE.subarray(1), signature)).toBe(false)
  })

  test('WebCrypto, portable code signs and verifies P-256', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    const { importSigner, importVerifier } = await import('./ecdsa.web.ts')
    const signer = await importSigner('p256', new Uint8Array(32).fill(7))
    const signature = await signer.sign(MESSAGE)
    const verify = await importVerifier('p256', signer.point)
    expect(await verify?.(MESSAGE, signature)).toBe(true)
    expect(await verify?.(MESSAGE.subarray(1), signature)).toBe(false)
  })

  test('secp256k1 in node:crypto, portable code takes its place', async () => {
    const { default: crypto } = await import('node:crypto')
    vi.spyOn(crypto, 'getCurves').mockReturnValue(['prime256v1'])
    vi.spyOn(crypto, 'verify').mockImplementation(() => expect.unreachable())
    vi.spyOn(crypto, 'sign').mockImplementation(() => expect.unreachable())
    vi.resetModules()
    const { convertPoint, importSigner, importVerifier } = await import('./ecdsa.node.ts')
    const signer = await importSigner('k256', new Uint8Array(32).fill(7))
    const signature = await signer.sign(MESSAGE)
    const verify = await importVerifier('k256', signer.point)
    expect(await verify?.(MESSAGE, signature)).toBe(true)
    expect(await convertPoint('k256', signer.point, 'uncompressed')).toHaveLength(65)
  })
})
