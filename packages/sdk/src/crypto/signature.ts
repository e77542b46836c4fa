// The one form of a signature that the protocol accepts: r and s, 32 bytes each, with the lower of
// the two possible s (https://atproto.com/specs/cryptography#ecdsa-signature-malleability).

import { compareBytes } from '../base/index.ts'
import type { SignatureFault } from './crypto-error.ts'
import { curves, isScalar, type KeyAlgorithm, SCALAR_BYTES } from './curve.ts'

/** The length of every signature of the protocol in bytes. */
export const SIGNATURE_BYTES: number = 2 * SCALAR_BYTES

const DER_SEQUENCE = 0x30

/** What is wrong with a signature's form, or undefined where a key can be asked about it. */
export function signatureFault(
  algorithm: KeyAlgorithm,
  signature: Uint8Array,
): SignatureFault | undefined {
  if (signature.length !== SIGNATURE_BYTES) {
    const isDer = signature[0] === DER_SEQUENCE && signature[1] === signature.length - 2
    return isDer ? 'signature-der' : 'signature-length'
  }
  const r = signature.subarray(0, SCALAR_BYTES)
  const s = signature.subarray(SCALAR_BYTES)
  if (!isScalar(algorithm, r) || !isScalar(algorithm, s)) return 'signature-range'
  return compareBytes(s, negate(algorithm, s)) > 0 ? 'signature-high-s' : undefined
}

/** The signature with the lower of the two s. Signers of platforms give either. */
export function toLowS(algorithm: KeyAlgorithm, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const lowered = new Uint8Array(signature)
  const s = signature.subarray(SCALAR_BYTES)
  const other = negate(algorithm, s)
  if (compareBytes(s, other) > 0) lowered.set(other, SCALAR_BYTES)
  return lowered
}

/** The order less the scalar: the s of the same signature on the other side. */
function negate(algorithm: KeyAlgorithm, scalar: Uint8Array): Uint8Array {
  const { order } = curves[algorithm]
  const negated = new Uint8Array(SCALAR_BYTES)
  let borrow = 0
  for (let i = SCALAR_BYTES - 1; i >= 0; i--) {
    const difference = order[i]! - scalar[i]! - borrow
    negated[i] = difference
    borrow = difference < 0 ? 1 : 0
  }
  return negated
}
