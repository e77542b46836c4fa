import { expect, test } from 'vitest'

import { SIGNING_KEY } from '../../test/identity-world.ts'
import { encodeBase58 } from '../base/index.ts'
import { formatDidKey } from '../crypto/index.ts'
import { verificationKey } from './verification-key.ts'

const DID = 'did:web:alice.example.com'
const document = (method: object) => ({
  id: DID,
  verificationMethod: [{ id: '#atproto', controller: DID, ...method }],
})

// The one key of the examples in the specification "DID", in both forms.
const OLD_FORM =
  'zQYEBzXeuTM9UR3rfvNag6L3RNAs5pQZyYPsomTsgQhsxLdEgCrPTLgFna8yqCnxPpNT7DBk6Ym3dgPKNu86vt9GR'
const NEW_FORM = 'zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF'

test('a key in the older form is the same as in the newer', () => {
  const type = 'EcdsaSecp256k1VerificationKey2019'
  const older = document({ type, publicKeyMultibase: OLD_FORM })
  const newer = document({ type: 'Multikey', publicKeyMultibase: NEW_FORM })
  expect(verificationKey(older)).toBe(`did:key:${NEW_FORM}`)
  expect(verificationKey(newer)).toBe(`did:key:${NEW_FORM}`)
})

test.each([
  ['EcdsaSecp256r1VerificationKey2019', 'p256', '0', 2],
  ['EcdsaSecp256r1VerificationKey2019', 'p256', '1', 3],
  ['EcdsaSecp256k1VerificationKey2019', 'k256', 'e', 2],
  ['EcdsaSecp256k1VerificationKey2019', 'k256', 'f', 3],
] as const)(
  'a point of %s is on %s, and its y ending in %s is a %i',
  (type, algorithm, end, parity) => {
    const x = '0b'.repeat(32)
    const point = BigInt(`0x04${x}${'a'.repeat(63)}${end}`)
    const bytes = Uint8Array.of(parity, ...Array<number>(32).fill(0x0b))
    const method = document({ type, publicKeyMultibase: `z${encodeBase58(point)}` })
    expect(verificationKey(method)).toBe(formatDidKey({ algorithm, bytes }))
  },
)

test.each([
  [
    'a type that the protocol does not use',
    { type: 'Ed25519VerificationKey2020', publicKeyMultibase: NEW_FORM },
  ],
  ['no type', { publicKeyMultibase: NEW_FORM }],
  ['no key', { type: 'Multikey' }],
  ['a key that is no text', { type: 'Multikey', publicKeyMultibase: 1 }],
  ['a key of another encoding', { type: 'Multikey', publicKeyMultibase: 'uabc' }],
  ['a zero before the key', { type: 'Multikey', publicKeyMultibase: NEW_FORM.replace('z', 'z1') }],
  ['keys in a list', { type: 'Multikey', publicKeyMultibase: [NEW_FORM] }],
  ['an endless key', { type: 'Multikey', publicKeyMultibase: `z${'2'.repeat(5_000)}` }],
  [
    'a key of another curve',
    { type: 'Multikey', publicKeyMultibase: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' },
  ],
])('a method with %s does not count', (_, method) => {
  expect(verificationKey(document(method))).toBeUndefined()
})

test('a key is found by its id, with the DID before it or without', () => {
  const method = { type: 'Multikey', controller: DID, publicKeyMultibase: SIGNING_KEY }
  const both = {
    id: DID,
    verificationMethod: [
      { ...method, id: `${DID}#atproto_label`, publicKeyMultibase: NEW_FORM },
      { ...method, id: '#atproto' },
    ],
  }
  expect(verificationKey(both)).toBe(`did:key:${SIGNING_KEY}`)
  expect(verificationKey(both, 'atproto_label')).toBe(`did:key:${NEW_FORM}`)
  expect(verificationKey(both, 'other')).toBeUndefined()
})
