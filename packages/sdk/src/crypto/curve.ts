// The two curves of the protocol, and what is fixed about each
// (https://atproto.com/specs/cryptography).

import { compareBytes } from '../base/index.ts'

/** The curve of a key: NIST P-256 (secp256r1), or secp256k1, which most accounts use. */
export type KeyAlgorithm = 'p256' | 'k256'

/** Facts about a curve. */
export interface Curve {
  /** The varint of the multicodec of its public keys. */
  readonly multicodec: readonly [number, number]
  /** How many points the base point generates: scalars are smaller. 32 bytes, big-endian. */
  readonly order: Uint8Array
}

/** The length of a scalar, and so of a private key, in bytes. */
export const SCALAR_BYTES = 32

/** The length of a compressed point: the parity of y as 2 or 3, then x. */
export const COMPRESSED_POINT_BYTES = 33

/** The length of an uncompressed point: a 4, x, then y. */
export const UNCOMPRESSED_POINT_BYTES = 65

/** The curves by the names of their algorithms. */
export const curves: Readonly<Record<KeyAlgorithm, Curve>> = {
  p256: {
    multicodec: [0x80, 0x24],
    // SEC 2, section 2.4.2
    order: scalar('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  k256: {
    multicodec: [0xe7, 0x01],
    // SEC 2, section 2.4.1
    order: scalar('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
  },
}

/** Whether 32 bytes are a scalar of the curve: neither zero nor as large as its order. */
export function isScalar(algorithm: KeyAlgorithm, bytes: Uint8Array): boolean {
  return (
    bytes.length === SCALAR_BYTES &&
    bytes.some((byte) => byte !== 0) &&
    compareBytes(bytes, curves[algorithm].order) < 0
  )
}

function scalar(hex: string): Uint8Array {
  return Uint8Array.from({ length: SCALAR_BYTES }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  )
}
