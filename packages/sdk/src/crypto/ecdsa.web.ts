// ECDSA for platforms without node:crypto: P-256 by WebCrypto, which does not know secp256k1. That
// curve, and P-256 where WebCrypto is missing as on pages without TLS, is left to portable code,
// which is loaded when it is first needed.

import type { KeyAlgorithm } from './curve.ts'
import type { Ecdsa, PlatformSigner, PointForm, Verify } from './ecdsa-platform.ts'
import { ecJwk } from './jwk.ts'

const KEY = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

/** WebCrypto takes no views of shared memory; what it refuses is the caller's to copy. */
type Bytes = Uint8Array<ArrayBuffer>

/** Readies a public key; undefined where the point is not on the curve. */
export async function importVerifier(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
): Promise<Verify | undefined> {
  const subtle = webCryptoFor(algorithm)
  if (!subtle) return (await portableCode()).importVerifier(algorithm, point)
  const importPoint = (bytes: Uint8Array): Promise<CryptoKey> =>
    subtle.importKey('raw', bytes as Bytes, KEY, false, ['verify'])
  let key: CryptoKey
  try {
    key = await importPoint(point)
  } catch {
    // Not on the curve, or compressed, which a platform need not understand.
    const uncompressed = await convertPoint(algorithm, point, 'uncompressed')
    if (!uncompressed) return undefined
    key = await importPoint(uncompressed)
  }
  return (bytes, signature) => subtle.verify(SIGNATURE, key, signature as Bytes, bytes as Bytes)
}

/** Readies a private key. */
export async function importSigner(
  algorithm: KeyAlgorithm,
  privateKey: Uint8Array,
): Promise<PlatformSigner> {
  // WebCrypto does not compute the point of a private key.
  const portable = await portableCode()
  const signer = await portable.importSigner(algorithm, privateKey)
  const subtle = webCryptoFor(algorithm)
  if (!subtle) return signer
  const point = (await convertPoint(algorithm, signer.point, 'uncompressed')) as Uint8Array
  const jwk = ecJwk(algorithm, point, privateKey)
  const key = await subtle.importKey('jwk', { ...jwk }, KEY, false, ['sign'])
  return {
    point: signer.point,
    sign: async (bytes) => new Uint8Array(await subtle.sign(SIGNATURE, key, bytes as Bytes)),
  }
}

/** Writes a point in another form; undefined where it is not on the curve. */
export async function convertPoint(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
  form: PointForm,
): Promise<Uint8Array | undefined> {
  return (await portableCode()).convertPoint(algorithm, point, form)
}

function webCryptoFor(algorithm: KeyAlgorithm): SubtleCrypto | undefined {
  return algorithm === 'p256' ? (globalThis.crypto as Partial<Crypto>).subtle : undefined
}

function portableCode(): Promise<Ecdsa> {
  return import('#ecdsa-portable')
}
