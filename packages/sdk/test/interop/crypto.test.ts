import { expect, test } from 'vitest'
import { decodeBase58 } from '../../src/base/base58.ts'
import { cryptoCodeOf } from '../crypto/thrown.ts'
import { fromHex } from '../data/hex.ts'
import { describePlatforms } from '../platforms.ts'
import { describeInterop } from './interop-suite.ts'

interface SignatureFixture {
  comment: string
  messageBase64: string
  didDocSuite: string
  publicKeyDid: string
  publicKeyMultibase: string
  signatureBase64: string
  validSignature: boolean
  tags: string[]
}

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

describeInterop('crypto', (suite) => {
  const signatures = suite.json('crypto/signature-fixtures.json') as SignatureFixture[]
  const p256Keys = suite.json('crypto/w3c_didkey_P256.json') as {
    privateKeyBytesBase58: string
    publicDidKey: string
  }[]
  const k256Keys = suite.json('crypto/w3c_didkey_K256.json') as {
    privateKeyBytesHex: string
    publicDidKey: string
  }[]

  test('has cases of every kind', () => {
    expect(signatures.length).toBeGreaterThanOrEqual(6)
    expect(p256Keys.length).toBeGreaterThanOrEqual(1)
    expect(k256Keys.length).toBeGreaterThanOrEqual(5)
  })

  describePlatforms(
    () => import('../../src/crypto/index.ts'),
    (module) => {
      test.each(signatures)('$comment', async (fixture) => {
        const { assertSignature, verifySignature } = module()
        const input = [
          fixture.publicKeyDid,
          fromBase64(fixture.messageBase64),
          fromBase64(fixture.signatureBase64),
        ] as const
        expect(await verifySignature(...input)).toBe(fixture.validSignature)
        if (fixture.validSignature) return
        const [tag] = fixture.tags
        expect(await cryptoCodeOf(() => assertSignature(...input))).toBe(
          tag === 'der-encoded' ? 'signature-der' : `signature-${tag}`,
        )
      })

      test.each(signatures)('the older form of $publicKeyDid', async (fixture) => {
        const { formatDidKey, importVerificationMethod } = module()
        const key = await importVerificationMethod({
          type: fixture.didDocSuite,
          publicKeyMultibase: fixture.publicKeyMultibase,
        })
        expect(formatDidKey(key)).toBe(fixture.publicKeyDid)
      })

      test.each(p256Keys)('the private key of $publicDidKey', async (fixture) => {
        const number = decodeBase58(fixture.privateKeyBytesBase58)!
        const bytes = fromHex(number.toString(16).padStart(64, '0'))
        const keypair = await module().importKeypair('p256', bytes)
        expect(keypair.did).toBe(fixture.publicDidKey)
      })

      test.each(k256Keys)('the private key of $publicDidKey', async (fixture) => {
        const keypair = await module().importKeypair('k256', fromHex(fixture.privateKeyBytesHex))
        expect(keypair.did).toBe(fixture.publicDidKey)
      })
    },
  )
})
