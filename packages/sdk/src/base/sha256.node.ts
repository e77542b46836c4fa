// sha-256 by the platform's own code, for runtimes that have node:crypto.

import crypto from 'node:crypto'

/** The 32 bytes of the sha-256 of the bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array<ArrayBuffer> =
  // An older Deno or Bun lacks the one-shot function.
  typeof crypto.hash === 'function' ? hashAtOnce : hashByObject

function hashAtOnce(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // The digest as a string and then as bytes: half the time of asking for a Buffer.
  const text = crypto.hash('sha256', bytes, 'binary')
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = text.charCodeAt(i)
  return digest
}

/** The same where the one-shot function is missing. */
export function hashByObject(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(crypto.createHash('sha256').update(bytes).digest())
}
