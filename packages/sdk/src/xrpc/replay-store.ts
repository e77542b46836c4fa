// Which tokens were used, for as long as they could be used again.
import { ServiceAuthError } from './service-auth-error.ts'

/** Remembers tokens that were used; servers side by side share one. */
export interface ReplayStore {
  /**
   * Remembers a token, in one step with the check that it is new.
   *
   * @param expiresAt From when on it may be forgotten, in seconds since 1970.
   * @returns Whether it is new.
   */
  add(token: string, expiresAt: number): boolean | PromiseLike<boolean>
}

/** How much a {@link MemoryReplayStore} holds. */
export interface MemoryReplayStoreOptions {
  /** The most tokens, of some 150 bytes each. @default 100_000 */
  maxTokens?: number | undefined
}

/**
 * A replay store in memory, of one process. It forgets no token before its time: while it is full of
 * tokens that are still good, it refuses new ones.
 */
export class MemoryReplayStore implements ReplayStore {
  readonly #expiries = new Map<string, number>()
  readonly #maxTokens: number
  /** Before this nothing expires, so that a full store is not searched again and again. */
  #nextExpiry = 0

  constructor({ maxTokens = 100_000 }: MemoryReplayStoreOptions = {}) {
    this.#maxTokens = maxTokens
  }

  /** @throws ServiceAuthError `too-many-tokens` where it is full. */
  add(token: string, expiresAt: number): boolean {
    const now = Date.now() / 1000
    const known = this.#expiries.get(token)
    if (known !== undefined && known > now) return false
    if (this.#expiries.size >= this.#maxTokens && now >= this.#nextExpiry) this.#sweep(now)
    if (this.#expiries.size >= this.#maxTokens) {
      throw new ServiceAuthError('Too many tokens were used at once.', { code: 'too-many-tokens' })
    }
    this.#expiries.set(token, expiresAt)
    this.#nextExpiry = Math.min(this.#nextExpiry, expiresAt)
    return true
  }

  #sweep(now: number): void {
    this.#nextExpiry = Infinity
    for (const [token, expiry] of this.#expiries) {
      if (expiry <= now) this.#expiries.delete(token)
      else this.#nextExpiry = Math.min(this.#nextExpiry, expiry)
    }
  }
}
