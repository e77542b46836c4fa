// Public keys as DID documents hold them: as a Multikey, or in the two older forms, which have the
// curve in their type and no multicodec (https://atproto.com/specs/did#did-documents).

import { CryptoError } from './crypto-error.ts'
import { COMPRESSED_POINT_BYTES, type KeyAlgorithm, UNCOMPRESSED_POINT_BYTES } from './curve.ts'
import { decodeKeyText, parseMultikey, type PublicKey } from './did-key.ts'
import { compressPoint } from './ecdsa.ts'

/** The part of a verification method (W3C DID Core, section 5.2) that holds its key. */
export interface VerificationMethodKey {
  type: string
  publicKeyMultibase: string
}

const OLDER_TYPES: ReadonlyMap<string, KeyAlgorithm> = new Map([
  ['EcdsaSecp256r1VerificationKey2019', 'p256'],
  ['EcdsaSecp256k1VerificationKey2019', 'k256'],
])

/**
 * Reads the public key of a verification method in a DID document. A key in an older form is the
 * same as in the newer ones; an uncompressed point is checked to lie on its curve, which is why this
 * is asynchronous.
 *
 * @throws {CryptoError} `unsupported-key`: the method's type or its curve is none of the protocol.
 * `invalid-key-text`: the key is not base58btc. `invalid-point`: it is not a point of the curve.
 *
 * @example
 * ```ts
 * const publicKeyMultibase = 'zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc'
 * const key = await importVerificationMethod({ type: 'Multikey', publicKeyMultibase })
 * formatDidKey(key) // 'did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc'
 * ```
 */
export async function importVerificationMethod(method: VerificationMethodKey): Promise<PublicKey> {
  const { type, publicKeyMultibase } = method
  if (type === 'Multikey') return parseMultikey(publicKeyMultibase)
  const algorithm = OLDER_TYPES.get(type)
  if (!algorithm) {
    throw new CryptoError('The verification method has a type that the protocol does not use', {
      code: 'unsupported-key',
    })
  }
  const point = decodeKeyText(publicKeyMultibase)
  if (!hasPointForm(point)) {
    throw new CryptoError('The verification method holds no point of a curve', {
      code: 'invalid-point',
    })
  }
  return { algorithm, bytes: await compressPoint(algorithm, point) }
}

function hasPointForm(point: Uint8Array): boolean {
  const [form] = point
  return form === 4
    ? point.length === UNCOMPRESSED_POINT_BYTES
    : (form === 2 || form === 3) && point.length === COMPRESSED_POINT_BYTES
}
