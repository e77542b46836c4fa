// Verifies signatures by the public key in a did:key.

import { CryptoError, type CryptoErrorCode } from './crypto-error.ts'
import { cachedKey, readyVerifier } from './key-cache.ts'
import { signatureFault } from './signature.ts'

/**
 * Whether a signature is of the sha-256 of the bytes by the key with a compressed point. The form of
 * the signature has been checked: 64 bytes, r and s in range, the lower s.
 */
export type PointVerifier = (
  point: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/** How signatures are verified. */
export interface VerifySignatureOptions {
  /** Verifies signatures on secp256k1 in place of the platform, which a native library outruns. */
  k256?: PointVerifier | undefined
}

/**
 * Whether a signature is of the bytes by the key in a did:key. False also for a signature in another
 * form than the protocol's: with the higher s, in DER, of another length.
 *
 * @throws {CryptoError} where the key is at fault: as `parseDidKey`, and `invalid-point` where it is
 * not on its curve. `verifier-failed` where a verifier among the options throws.
 *
 * @example
 * ```ts
 * await verifySignature(keypair.did, bytes, signature)
 *
 * // With the native code of the npm package secp256k1, which takes a fifth of the time:
 * const k256: PointVerifier = (point, bytes, signature) =>
 *   ecdsaVerify(signature, sha256(bytes), point)
 * await verifySignature(keypair.did, bytes, signature, { k256 })
 * ```
 */
export async function verifySignature(
  didKey: string,
  bytes: Uint8Array,
  signature: Uint8Array,
  options: VerifySignatureOptions = {},
): Promise<boolean> {
  return (await faultOf(didKey, bytes, signature, options)) === undefined
}

/**
 * As {@link verifySignature}, but says what is wrong.
 *
 * @throws {CryptoError} `signature-der`, `signature-length`, `signature-range` (r or s are zero or
 * not below the curve's order), `signature-high-s`: a form that the protocol refuses.
 * `signature-mismatch`: not of these bytes by this key. And as {@link verifySignature}.
 */
export async function assertSignature(
  didKey: string,
  bytes: Uint8Array,
  signature: Uint8Array,
  options: VerifySignatureOptions = {},
): Promise<void> {
  const fault = await faultOf(didKey, bytes, signature, options)
  if (fault) throw new CryptoError(MESSAGES[fault], { code: fault })
}

type Fault = Extract<CryptoErrorCode, `signature-${string}`>

const MESSAGES: Readonly<Record<Fault, string>> = {
  'signature-der': 'The signature is DER, not the 64 bytes of r and s',
  'signature-length': 'A signature is the 64 bytes of r and s',
  'signature-range': 'A number of the signature is zero or not below the order of the curve',
  'signature-high-s': 'The signature has the higher of the two s',
  'signature-mismatch': 'The signature is not of these bytes by this key',
}

async function faultOf(
  didKey: string,
  bytes: Uint8Array,
  signature: Uint8Array,
  { k256 }: VerifySignatureOptions,
): Promise<Fault | undefined> {
  const key = cachedKey(didKey)
  const fault = signatureFault(key.algorithm, signature)
  if (fault) return fault
  const isValid =
    k256 && key.algorithm === 'k256'
      ? await plugged(k256, key.bytes, bytes, signature)
      : await (
          await readyVerifier(key)
        )(bytes, signature)
  return isValid ? undefined : 'signature-mismatch'
}

async function plugged(
  verify: PointVerifier,
  ...input: Parameters<PointVerifier>
): Promise<boolean> {
  try {
    return await verify(...input)
  } catch (cause) {
    throw new CryptoError('The verifier for secp256k1 failed', { code: 'verifier-failed', cause })
  }
}
