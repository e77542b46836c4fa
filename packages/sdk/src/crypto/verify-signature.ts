// Verifies signatures by the public key in a did:key.

import { sha256 } from '../base/index.ts'
import { CryptoError, type CryptoErrorCode } from './crypto-error.ts'
import { cachedKey, readyVerifier } from './key-cache.ts'
import { signatureFault } from './signature.ts'

/**
 * Whether the signature, 64 bytes in range with the lower s, is of the sha-256 `digest` by the key
 * whose compressed point is `point`. `ecdsaVerify` of the npm package `secp256k1` is one.
 */
export type DigestVerifier = (
  signature: Uint8Array,
  digest: Uint8Array,
  point: Uint8Array,
) => boolean | Promise<boolean>

/** How signatures are verified. */
export interface VerifySignatureOptions {
  /** Verifies signatures on secp256k1 in place of the platform, which a native library outruns. */
  k256?: DigestVerifier
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
 * import { ecdsaVerify } from 'secp256k1'
 *
 * await verifySignature(keypair.did, bytes, signature)
 * await verifySignature(keypair.did, bytes, signature, { k256: ecdsaVerify })
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
      ? await plugged(k256, signature, sha256(bytes), key.bytes)
      : await readyVerifier(key).then((verify) => verify(bytes, signature))
  return isValid ? undefined : 'signature-mismatch'
}

async function plugged(
  verify: DigestVerifier,
  ...input: Parameters<DigestVerifier>
): Promise<boolean> {
  try {
    return await verify(...input)
  } catch (cause) {
    throw new CryptoError('The verifier for secp256k1 failed', { code: 'verifier-failed', cause })
  }
}
