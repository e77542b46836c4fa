// Keys that are the same in every test.

import { fromHex } from '../data/hex.ts'

/** Of the protocol's examples (https://atproto.com/specs/cryptography#encoded-examples). */
export const P256_DID = 'did:key:zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo'
/** Of the protocol's examples. */
export const K256_DID = 'did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc'

/** The order of P-256. */
export const P256_ORDER = fromHex(
  'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
)
/** The order of secp256k1. */
export const K256_ORDER = fromHex(
  'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
)

/** The coordinates of the base point of P-256, whose private key is 1 (SEC 2, section 2.4.2). */
export const P256_BASE = {
  x: '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
  y: '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
}
/** The coordinates of the base point of secp256k1 (SEC 2, section 2.4.1). */
export const K256_BASE = {
  x: '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  y: '483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8',
}

/** The number as 32 bytes, big-endian. */
export function scalarOf(value: number | bigint): Uint8Array<ArrayBuffer> {
  return fromHex(value.toString(16).padStart(64, '0'))
}
