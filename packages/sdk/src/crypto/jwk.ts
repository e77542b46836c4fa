// Keys as JSON Web Keys (RFC 7517), the one form of a raw key that every platform imports.

import { encodeBase64 } from '../base/index.ts'
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
    x: base64Url(point.subarray(1, 1 + SCALAR_BYTES)),
    y: base64Url(point.subarray(1 + SCALAR_BYTES)),
  }
  if (privateKey) jwk.d = base64Url(privateKey)
  return jwk
}

function base64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')
}
