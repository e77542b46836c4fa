// Lookups that are kept and shared: one request for many callers, and none while an answer is fresh.
import { IdentityError } from './identity-error.ts'
import type { CacheEntry, IdentityCache } from './identity-cache.ts'

/** How long what was found is good, in milliseconds. */
export interface CacheAges {
  /** Given without asking anew. @default 600_000 (10 minutes) */
  fresh: number
  /** Given at once, while it is asked anew for the next caller. @default 86_400_000 (a day) */
  stale: number
  /** How long a refusal counts: that there is no such handle, DID or document. @default 60_000 */
  negative: number
  /** How long to leave a source alone after nobody could tell. @default 5_000 */
  failed: number
}

/** @internal The ages where none are given. */
export const DEFAULT_AGES: CacheAges = {
  fresh: 600_000,
  stale: 86_400_000,
  negative: 60_000,
  failed: 5_000,
}

/** @internal Lookups by key through a cache. */
export class CachedLookup<Value extends NonNullable<CacheEntry['value']>> {
  readonly #lookUp: (key: string) => Promise<Value>
  readonly #cache: IdentityCache
  readonly #ages: CacheAges
  readonly #flights = new Map<string, Promise<Value>>()

  constructor(lookUp: (key: string) => Promise<Value>, cache: IdentityCache, ages: CacheAges) {
    this.#lookUp = lookUp
    this.#cache = cache
    this.#ages = ages
  }

  /** What is kept, or else found. Throws what the lookup threw, also while that is kept. */
  async get(key: string): Promise<Value> {
    const { fresh, stale, negative, failed } = this.#ages
    const entry = (await this.#cache.get(key)) ?? {}
    const { value, storedAt = 0, failure, failedAt = 0 } = entry
    const age = Date.now() - storedAt
    const isGood = value !== undefined && age < stale
    const error = failure && new IdentityError(failure.message, { code: failure.code })
    const isRefused = error && Date.now() - failedAt < (error.retryable ? failed : negative)
    if (isGood && (age < fresh || isRefused)) return value as Value
    if (isRefused) throw error
    const flight = this.refresh(key)
    if (!isGood) return flight
    // Whether it fails is for the caller to meet who has to wait for it.
    flight.catch(() => {})
    return value as Value
  }

  /** Asks anew. Callers who come while it is asked share the answer. */
  refresh(key: string): Promise<Value> {
    let flight = this.#flights.get(key)
    if (!flight) {
      // What was forgotten meanwhile, or asked anew, is not kept.
      const isCurrent = () => this.#flights.get(key) === flight
      flight = this.#fly(key, isCurrent)
      this.#flights.set(key, flight)
    }
    return flight
  }

  /** Forgets what is kept, and what is being asked. */
  async delete(key: string): Promise<void> {
    this.#flights.delete(key)
    await this.#cache.delete(key)
  }

  /** Forgets what is kept unless it is `value`. What is being asked goes on. */
  async expireUnless(key: string, value: Value): Promise<void> {
    const entry = await this.#cache.get(key)
    if (entry && entry.value !== value) await this.#cache.delete(key)
  }

  async #fly(key: string, isCurrent: () => boolean): Promise<Value> {
    try {
      const value = await this.#lookUp(key)
      if (isCurrent()) await this.#cache.set(key, { value, storedAt: Date.now() })
      return value
    } catch (error) {
      if (isCurrent() && error instanceof IdentityError) await this.#keepFailure(key, error)
      throw error
    } finally {
      if (isCurrent()) this.#flights.delete(key)
    }
  }

  async #keepFailure(key: string, { code, message, retryable }: IdentityError): Promise<void> {
    // That nobody could tell does not make untrue what was true.
    const kept = retryable && (await this.#cache.get(key))
    await this.#cache.set(key, { ...kept, failure: { code, message }, failedAt: Date.now() })
  }
}
