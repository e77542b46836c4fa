import crypto from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { formatDidKey } from './did-key.ts'
import { importKeypair } from './keypair.ts'
import { cachedKey, MAX_CACHED_KEYS, readyVerifier } from './key-cache.ts'
import { verifySignature } from './verify-signature.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const keyOf = (i: number): string =>
  formatDidKey({
    algorithm: 'k256',
    bytes: Uint8Array.of(2, ...new Uint8Array(28), 1, i >> 16, i >> 8, i),
  })

test('a key is made ready once, also for many at once', async () => {
  const made = vi.spyOn(crypto, 'createPublicKey')
  const keypair = await importKeypair('p256', new Uint8Array(32).fill(9))
  const bytes = Uint8Array.of(1)
  const signature = await keypair.sign(bytes)
  const verify = (): Promise<boolean> => verifySignature(keypair.did, bytes, signature)
  expect(await Promise.all([verify(), verify(), verify()])).toEqual([true, true, true])
  expect(await verify()).toBe(true)
  expect(made).toHaveBeenCalledTimes(1)
})

test('keeps the keys that were used last, so many and no more', () => {
  const first = cachedKey(keyOf(0))
  const second = cachedKey(keyOf(1))
  for (let i = 2; i < MAX_CACHED_KEYS; i++) cachedKey(keyOf(i))
  expect(cachedKey(keyOf(0))).toBe(first)
  cachedKey(keyOf(MAX_CACHED_KEYS))
  expect(cachedKey(keyOf(0))).toBe(first)
  expect(cachedKey(keyOf(1))).not.toBe(second)
})

test('a key that could not be made ready is tried again', async () => {
  const keypair = await importKeypair('p256', new Uint8Array(32).fill(10))
  const key = cachedKey(keypair.did)
  const made = vi.spyOn(crypto, 'createPublicKey')
  made.mockImplementationOnce(() => {
    throw new Error('out of memory')
  })
  await expect(readyVerifier(key)).rejects.toThrow('out of memory')
  expect(await readyVerifier(key)).toBeTypeOf('function')
})
