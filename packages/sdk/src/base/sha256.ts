// sha-256, synchronous on every platform. Which code does it is decided by the export conditions of
// the package: `#sha256` is sha256.node.ts where there is node:crypto, else sha256.portable.ts.

import * as platform from '#sha256'

/** The 32 bytes of the sha-256 of the bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array<ArrayBuffer> = platform.sha256

/** Writes the sha-256 of the bytes at an offset of others, which may be far larger. */
export const writeSha256: (bytes: Uint8Array, into: Uint8Array, offset: number) => void =
  platform.writeSha256

/** Whether the bytes have the sha-256 that stands at an offset of other bytes. Not for secrets. */
export const hasSha256: (bytes: Uint8Array, expected: Uint8Array, offset: number) => boolean =
  platform.hasSha256

/** With how many zero bits the sha-256 of a text, in UTF-8, begins. */
export const sha256ZeroBits: (text: string) => number = platform.sha256ZeroBits
