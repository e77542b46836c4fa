// ECDSA by the platform's own code, for runtimes that have node:crypto.

import crypto from 'node:crypto'
import type { KeyAlgorithm } from './curve.ts'
import type { Ecdsa, PlatformSigner, PointForm, Verify } from './ecdsa-platform.ts'
import { ecJwk } from './jwk.ts'
import { atOnceOrInPool } from './thread-pool.node.ts'

const CURVE_NAMES: Readonly<Record<KeyAlgorithm, string>> = {
  p256: 'prime256v1',
  k256: 'secp256k1',
}

const HASH = 'sha256'

const platformCurves = new Set(crypto.getCurves())

/** Readies a public key; undefined where the point is not on the curve. */
export async function importVerifier(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
): Promise<Verify | undefined> {
  const portable = await missingCurve(algorithm)
  if (portable) return portable.importVerifier(algorithm, point)
  const uncompressed = convert(algorithm, point, 'uncompressed')
  if (!uncompressed) return undefined
  const key = crypto.createPublicKey({ key: { ...ecJwk(algorithm, uncompressed) }, format: 'jwk' })
  const options = { key, dsaEncoding: 'ieee-p1363' } as const
  return (bytes, signature) =>
    atOnceOrInPool(
      () => crypto.verify(HASH, bytes, options, signature),
      (done) => crypto.verify(HASH, bytes, options, signature, done),
    )
}

/** Readies a private key. */
export async function importSigner(
  algorithm: KeyAlgorithm,
  privateKey: Uint8Array,
): Promise<PlatformSigner> {
  const portable = await missingCurve(algorithm)
  if (portable) return portable.importSigner(algorithm, privateKey)
  const pair = crypto.createECDH(CURVE_NAMES[algorithm])
  pair.setPrivateKey(privateKey)
  const jwk = ecJwk(algorithm, pair.getPublicKey(), privateKey)
  const key = crypto.createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  const options = { key, dsaEncoding: 'ieee-p1363' } as const
  return {
    point: Uint8Array.from(pair.getPublicKey(null, 'compressed')),
    sign: (bytes) =>
      atOnceOrInPool<Uint8Array>(
        () => crypto.sign(HASH, bytes, options),
        (done) => crypto.sign(HASH, bytes, options, done),
      ),
  }
}

/** Writes a point in another form; undefined where it is not on the curve. */
export async function convertPoint(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
  form: PointForm,
): Promise<Uint8Array | undefined> {
  const portable = await missingCurve(algorithm)
  return portable ? portable.convertPoint(algorithm, point, form) : convert(algorithm, point, form)
}

function convert(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
  form: PointForm,
): Uint8Array | undefined {
  try {
    const name = CURVE_NAMES[algorithm]
    return Uint8Array.from(
      crypto.ECDH.convertKey(point, name, undefined, undefined, form) as Buffer,
    )
  } catch {
    return undefined
  }
}

/** Portable code for a curve that the platform's library was built without, as Electron's is. */
async function missingCurve(algorithm: KeyAlgorithm): Promise<Ecdsa | undefined> {
  return platformCurves.has(CURVE_NAMES[algorithm]) ? undefined : import('#ecdsa-portable')
}
