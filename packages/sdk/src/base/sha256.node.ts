// sha-256 by the platform's own code, for runtimes that have node:crypto.

import crypto from 'node:crypto'

const DIGEST_BYTES = 32

/** The 32 bytes of the sha-256 of the bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const digest = new Uint8Array(DIGEST_BYTES)
  writeSha256(bytes, digest, 0)
  return digest
}

/** Writes the sha-256 of the bytes at an offset of others. */
export function writeSha256(bytes: Uint8Array, into: Uint8Array, offset: number): void {
  const letters = hash(bytes)
  for (let i = 0; i < DIGEST_BYTES; i++) into[offset + i] = letters.charCodeAt(i)
}

/** Whether the bytes have the sha-256 that stands at an offset of other bytes. Not for secrets. */
export function hasSha256(bytes: Uint8Array, expected: Uint8Array, offset: number): boolean {
  const letters = hash(bytes)
  for (let i = 0; i < DIGEST_BYTES; i++) {
    if (letters.charCodeAt(i) !== expected[offset + i]) return false
  }
  return true
}

/** With how many zero bits the sha-256 of a text begins. */
export function sha256ZeroBits(text: string): number {
  // The text as it is: to make bytes of it first takes as long as to hash them.
  const letters = hash(text)
  let zeros = 0
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const byte = letters.charCodeAt(i)
    zeros += Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return zeros
}

// A string with a letter for each byte: to get a Buffer takes more than twice the time.
const hash: (content: Uint8Array | string) => string =
  typeof crypto.hash === 'function'
    ? (content) => crypto.hash('sha256', content, 'binary')
    : hashWithObject

/** For an older Deno or Bun, which lack the one-shot function. */
export function hashWithObject(content: Uint8Array | string): string {
  return crypto.createHash('sha256').update(content).digest('binary')
}
