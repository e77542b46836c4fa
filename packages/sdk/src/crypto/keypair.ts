// Private keys: made, imported, and signing.

import { CryptoError } from './crypto-error.ts'
import { isScalar, type KeyAlgorithm, SCALAR_BYTES } from './curve.ts'
import { type DidKey, formatDidKey } from './did-key.ts'
import { importSigner } from './ecdsa.ts'
import { toLowS } from './signature.ts'

/** Who signs: a {@link Keypair}, or a key that is held elsewhere, as in hardware. */
export interface Signer {
  /** The public key. */
  readonly did: DidKey
  readonly algorithm: KeyAlgorithm
  /**
   * Signs the sha-256 of the bytes. Gives 64 bytes, r and s, with the lower s, as the protocol
   * demands of both curves. Two signatures of the same bytes may differ.
   */
  sign(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
}

/** A private key in memory. */
export interface Keypair extends Signer {
  /** A copy of the private key, 32 bytes, for {@link importKeypair}. Keep it secret. */
  export(): Uint8Array<ArrayBuffer>
}

/**
 * Makes a new key from the platform's secure random numbers.
 *
 * @example
 * ```ts
 * const keypair = await generateKeypair('k256')
 * const signature = await keypair.sign(new TextEncoder().encode('hello'))
 * ```
 */
export async function generateKeypair(algorithm: KeyAlgorithm): Promise<Keypair> {
  const privateKey = new Uint8Array(SCALAR_BYTES)
  // Uniform among the scalars (FIPS 186-5, appendix A.2.2). The loop runs once, all but always.
  do crypto.getRandomValues(privateKey)
  while (!isScalar(algorithm, privateKey))
  return importKeypair(algorithm, privateKey)
}

/**
 * Takes up a private key of 32 bytes.
 *
 * @throws {CryptoError} `invalid-private-key` where the bytes are no private key of the curve: of
 * another length, zero, or not below the curve's order.
 */
export async function importKeypair(
  algorithm: KeyAlgorithm,
  privateKey: Uint8Array,
): Promise<Keypair> {
  if (!isScalar(algorithm, privateKey)) {
    throw new CryptoError(
      `A private key is ${SCALAR_BYTES} bytes, not zero and below the order of its curve`,
      { code: 'invalid-private-key' },
    )
  }
  const secret = Uint8Array.from(privateKey)
  const signer = await importSigner(algorithm, secret)
  return {
    did: formatDidKey({ algorithm, bytes: signer.point }),
    algorithm,
    sign: async (bytes) => toLowS(algorithm, await signer.sign(bytes)),
    export: () => Uint8Array.from(secret),
  }
}
