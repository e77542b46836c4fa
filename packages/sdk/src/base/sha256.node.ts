// sha-256 by the platform's own code, for runtimes that have node:crypto.

import crypto from 'node:crypto'

const DIGEST_BYTES = 32

/** The 32 bytes of the sha-256 of the bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const letters = hash(bytes)
  const digest = new Uint8Array(DIGEST_BYTES)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = letters.charCodeAt(i)
  return digest
}

/** Whether the bytes have the sha-256 that stands at an offset of other bytes. Not for secrets. */
export function hasSha256(bytes: Uint8Array, expected: Uint8Array, offset: number): boolean {
  const letters = hash(bytes)
  for (let i = 0; i < DIGEST_BYTES; i++) {
    if (letters.charCodeAt(i) !== expected[offset + i]) return false
  }
  return true
}

// A string with a letter for each byte: to get a Buffer takes more than twice the time.
const hash: (bytes: Uint8Array) => string =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes, 'binary')
    : hashWithObject

/** For an older Deno or Bun, which lack the one-shot function. */
export function hashWithObject(bytes: Uint8Array): string {
  return crypto.createHash('sha256').update(bytes).digest('binary')
}
