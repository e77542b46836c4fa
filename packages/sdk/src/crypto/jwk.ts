// Keys as JSON Web Keys (RFC 7517), the one form of a raw key that every platform imports.

import { encodeBase64Url } from '../base/index.ts'
import { type KeyAlgorithm, SCALAR_BYTES } from './curve.ts'

/** An elliptic-curve key, as RFC 7518, section 6.2, has it. */
export interface EcJwk {
  kty: 'EC'
  crv: 'P-256' | 'secp256k1'
  x: string
  y: string
  /** The private key, where it is one. */
  d?: string
}

/** The JSON Web Key of an uncompressed point, and of its private key where that is given. */
export function ecJwk(algorithm: KeyAlgorithm, point: Uint8Array, privateKey?: Uint8Array): EcJwk {
  const jwk: EcJwk = {
    kty: 'EC',
    crv: algorithm === 'p256' ? 'P-256' : 'secp256k1',
    x: encodeBase64Url(point.subarray(1, 1 + SCALAR_BYTES)),
    y: encodeBase64Url(point.subarray(1 + SCALAR_BYTES)),
  }
  if (privateKey) jwk.d = encodeBase64Url(privateKey)
  return jwk
}
