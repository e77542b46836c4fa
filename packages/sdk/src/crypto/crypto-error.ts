// What goes wrong with keys and signatures.

import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/** Why a key or a signature was refused. */
export type CryptoErrorCode =
  // Keys
  | 'invalid-key-text'
  | 'unsupported-key'
  | 'invalid-point'
  | 'invalid-private-key'
  // Signatures
  | SignatureFault
  | 'signature-mismatch'
  | 'verifier-failed'

/** What is wrong with the form of a signature, before any key is asked. */
export type SignatureFault =
  | 'signature-der'
  | 'signature-length'
  | 'signature-range'
  | 'signature-high-s'

/** What a {@link CryptoError} carries besides its message. */
export interface CryptoErrorOptions extends AtprotoErrorOptions {
  code: CryptoErrorCode
}

/** A key or a signature that the protocol does not accept. */
export class CryptoError extends AtprotoError<CryptoErrorOptions> {
  static override readonly id = 'CryptoError'

  declare readonly code: CryptoErrorCode
}
