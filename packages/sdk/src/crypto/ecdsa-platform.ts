// What each platform's code for curves gives. Points and private keys come in the right form: their
// length, their first byte and the range of scalars are checked before.

import type { KeyAlgorithm } from './curve.ts'

/** Whether a signature, 64 bytes in range with the lower s, is of these bytes by the key. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>

/** A private key as the platform holds it. */
export interface PlatformSigner {
  /** The compressed point of the public key. */
  point: Uint8Array
  /** A signature of the bytes, 64 bytes, with either s. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** How a point is written. */
export type PointForm = 'compressed' | 'uncompressed'

/** ECDSA over sha-256 on the two curves. */
export interface Ecdsa {
  /** Readies a public key for many verifications; undefined where the point is not on the curve. */
  importVerifier(algorithm: KeyAlgorithm, point: Uint8Array): Promise<Verify | undefined>
  /** Readies a private key. */
  importSigner(algorithm: KeyAlgorithm, privateKey: Uint8Array): Promise<PlatformSigner>
  /** Writes a point in another form; undefined where it is not on the curve. */
  convertPoint(
    algorithm: KeyAlgorithm,
    point: Uint8Array,
    form: PointForm,
  ): Promise<Uint8Array | undefined>
}
