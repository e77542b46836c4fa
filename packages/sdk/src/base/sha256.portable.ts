// sha-256 in portable code, for browsers and edge workers. The build bundles the audited
// implementation.

import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** The 32 bytes of the sha-256 of the bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return nobleSha256(bytes)
}
