// sha-256, synchronous on every platform. Which code does it is decided by the export conditions of
// the package: `#sha256` is sha256.node.ts where there is node:crypto, else sha256.portable.ts.

import { sha256 as platformSha256 } from '#sha256'

/** The 32 bytes of the sha-256 of the bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array<ArrayBuffer> = platformSha256
