// ECDSA over sha-256 by the platform's own code where it has it, else by audited code that the build
// bundles. Which it is, is decided by the export conditions of the package: `#ecdsa` is ecdsa.node.ts
// where there is node:crypto, else ecdsa.web.ts.

import {
  convertPoint,
  importSigner as importPlatformSigner,
  importVerifier as importPlatformVerifier,
} from '#ecdsa'
import { CryptoError } from './crypto-error.ts'
import type { KeyAlgorithm } from './curve.ts'
import type { PublicKey } from './did-key.ts'
import type { PlatformSigner, Verify } from './ecdsa-platform.ts'

/**
 * Readies a public key for many verifications.
 *
 * @throws {CryptoError} `invalid-point` where it is not on its curve.
 */
export async function importVerifier({ algorithm, bytes }: PublicKey): Promise<Verify> {
  return onCurve(await importPlatformVerifier(algorithm, bytes))
}

/** Readies a private key, 32 bytes that are a scalar of the curve. */
export function importSigner(
  algorithm: KeyAlgorithm,
  privateKey: Uint8Array,
): Promise<PlatformSigner> {
  return importPlatformSigner(algorithm, privateKey)
}

/**
 * The compressed form of a point in either form.
 *
 * @throws {CryptoError} `invalid-point` where it is not on its curve.
 */
export async function compressPoint(
  algorithm: KeyAlgorithm,
  point: Uint8Array,
): Promise<Uint8Array> {
  return onCurve(await convertPoint(algorithm, point, 'compressed'))
}

function onCurve<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new CryptoError('The public key is not a point of its curve', { code: 'invalid-point' })
  }
  return value
}
