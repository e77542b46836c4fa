// Public keys that were used lately, ready to verify: reading one takes longer than P-256 itself.

import { RecentMap } from '../base/index.ts'
import { parseDidKey, type PublicKey } from './did-key.ts'
import type { Verify } from './ecdsa-platform.ts'
import { importVerifier } from './ecdsa.ts'

/** A public key by which signatures are verified. */
export interface CachedKey extends PublicKey {
  /** The platform's key, from when it is first asked for. */
  verifier?: Verify | Promise<Verify>
}

/** How many keys are kept at most, and half as many at least. One that is ready takes about 3 kB. */
export const MAX_CACHED_KEYS = 4096

const keys: RecentMap<CachedKey> = /* @__PURE__ */ new RecentMap(MAX_CACHED_KEYS / 2)

/**
 * The key in a did:key.
 *
 * @throws {CryptoError} as `parseDidKey`.
 */
export function cachedKey(didKey: string): CachedKey {
  const known = keys.get(didKey)
  if (known) return known
  const key = parseDidKey(didKey)
  keys.set(didKey, key)
  return key
}

/**
 * The platform's key, made ready when it is first asked for.
 *
 * @throws {CryptoError} `invalid-point` where the key is not on its curve.
 */
export function readyVerifier(key: CachedKey): Verify | Promise<Verify> {
  return (key.verifier ??= importInto(key))
}

async function importInto(key: CachedKey): Promise<Verify> {
  try {
    return (key.verifier = await importVerifier(key))
  } catch (error) {
    // Where code could not be loaded, the next call tries again.
    delete key.verifier
    throw error
  }
}
