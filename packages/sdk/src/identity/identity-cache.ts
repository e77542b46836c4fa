// What a resolver has found, kept for the next time.
import type { Did } from '../syntax/index.ts'
import type { DidDocument } from './did-document.ts'
import type { IdentityErrorCode } from './identity-error.ts'

/** What one source said of a handle or a DID: plain JSON. */
export interface CacheEntry {
  /** The DID of a handle, or the document of a DID. */
  readonly value?: Did | DidDocument
  /** When the source gave it, in milliseconds since 1970. */
  readonly storedAt?: number
  /** Why the source gave none, the last time that it was asked. */
  readonly failure?: { readonly code: IdentityErrorCode; readonly message: string }
  /** When that was. */
  readonly failedAt?: number
}

/**
 * Where a resolver keeps what it found: in memory, or in a store that several processes share. The
 * resolver decides how long an entry is good; a cache only has to forget what it has no room for.
 */
export interface IdentityCache {
  /** @param key A handle in lower case, or a DID. */
  get(key: string): CacheEntry | undefined | PromiseLike<CacheEntry | undefined>
  set(key: string, entry: CacheEntry): unknown
  delete(key: string): unknown
}

/** How much a {@link MemoryIdentityCache} holds. */
export interface MemoryIdentityCacheOptions {
  /** The most that it holds, in characters of JSON; a common entry has 50 or 800. @default 50_000_000 */
  maxSize?: number | undefined
}

/** A cache in memory, bounded in size: the entries that were used least recently go first. */
export class MemoryIdentityCache implements IdentityCache {
  readonly #entries = new Map<string, { entry: CacheEntry; size: number }>()
  readonly #maxSize: number
  #size = 0

  constructor({ maxSize = 50_000_000 }: MemoryIdentityCacheOptions = {}) {
    this.#maxSize = maxSize
  }

  get(key: string): CacheEntry | undefined {
    const held = this.#entries.get(key)
    if (!held) return undefined
    // A map keeps the order in which keys were put in, so that its first is the one least used.
    this.#entries.delete(key)
    this.#entries.set(key, held)
    return held.entry
  }

  set(key: string, entry: CacheEntry): void {
    this.delete(key)
    const size = key.length + JSON.stringify(entry).length
    this.#entries.set(key, { entry, size })
    this.#size += size
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#maxSize) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0
    this.#entries.delete(key)
  }
}
