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

test('keeps half as many keys as it may, of those that were used last', () => {
  const keys = Array.from({ length: MAX_CACHED_KEYS }, (_, i) => cachedKey(keyOf(i)))
  const half = MAX_CACHED_KEYS / 2
  expect(cachedKey(keyOf(half))).toBe(keys[half])
  for (let i = 1; i < half; i++) cachedKey(keyOf(MAX_CACHED_KEYS + i))
  expect(cachedKey(keyOf(half))).toBe(keys[half])
})

test('forgets a key after as many others as it keeps at most', () => {
  const first = cachedKey(keyOf(0))
  for (let i = 1; i <= MAX_CACHED_KEYS; i++) cachedKey(keyOf(i))
  expect(cachedKey(keyOf(0))).not.toBe(first)
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
