// sha-256 in portable code, for browsers and edge workers. The build bundles the audited
// implementation: its class, as the function around that does more than is needed here.

import { _SHA256 as Sha256 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()

/** The 32 bytes of the sha-256 of the bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Sha256().update(bytes).digest()
}

/** Writes the sha-256 of the bytes at an offset of others. */
export function writeSha256(bytes: Uint8Array, into: Uint8Array, offset: number): void {
  into.set(sha256(bytes), offset)
}

/** Whether the bytes have the sha-256 that stands at an offset of other bytes. Not for secrets. */
export function hasSha256(bytes: Uint8Array, expected: Uint8Array, offset: number): boolean {
  return sha256(bytes).every((byte, i) => byte === expected[offset + i])
}

/** With how many zero bits the sha-256 of a text begins. */
export function sha256ZeroBits(text: string): number {
  let zeros = 0
  for (const byte of sha256(encoder.encode(text))) {
    zeros += Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return zeros
}
