// ECDSA in portable code, for browsers and edge workers. The build bundles the audited
// implementation; it is loaded when a key first needs it.

import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { KeyAlgorithm } from './curve.ts'
import type { PlatformSigner, PointForm, Verify } from './ecdsa-platform.ts'

const curves = { p256, k256: secp256k1 }

/** Readies a public key; undefined where the point is not on the curve. */
export async function importVerifier(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
): Promise<Verify | undefined> {
  const curve = curves[algorithm]
  if (!curve.utils.isValidPublicKey(point)) return undefined
  return (bytes, signature) => curve.verify(signature, bytes, point)
}

/** Readies a private key. Its signatures are deterministic (RFC 6979). */
export async function importSigner(
  algorithm: KeyAlgorithm,
  privateKey: Uint8Array,
): Promise<PlatformSigner> {
  const curve = curves[algorithm]
  return {
    point: curve.getPublicKey(privateKey),
    sign: (bytes) => curve.sign(bytes, privateKey),
  }
}

/** Writes a point in another form; undefined where it is not on the curve. */
export async function convertPoint(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
  form: PointForm,
): Promise<Uint8Array | undefined> {
  const { Point } = curves[algorithm]
  try {
    return Point.fromBytes(point).toBytes(form === 'compressed')
  } catch {
    return undefined
  }
}
