// The keys of accounts, which may change at any time.
import { RecentMap } from '../base/index.ts'
import { FirehoseError } from './firehose-error.ts'

// Who forges signatures shall not make us ask for the key each time.
const REFRESH_INTERVAL = 10_000
const MAX_REFRESHED = 10_000

/** Who knows the keys of accounts. An `IdentityResolver` does. */
export interface KeyResolver {
  /**
   * A key of an account, as a did:key. A rejection with an error whose `retryable` is false says that it
   * has none.
   *
   * @param fragment The id of the key in the account's DID document: `atproto` for repositories,
   *   `atproto_label` for labels.
   * @param refresh Asks anew: a signature did not fit the key that was given before.
   */
  resolveKey(did: string, fragment?: string, refresh?: boolean): Promise<string>
  /** Forgets what is kept of an account. */
  invalidate?(did: string): unknown
}

/** Keys that are asked for anew where they do not fit. */
export class SigningKeys {
  readonly #identity: KeyResolver
  readonly #fragment: string
  /** The keys that were asked for anew, and when, by the DIDs. */
  readonly #refreshed = new RecentMap<{ at: number; key: Promise<string> }>(MAX_REFRESHED)
  /** Accounts whose keys are being forgotten. */
  readonly #forgetting = new Map<string, Promise<unknown>>()

  /** @param fragment The id of the keys in DID documents. */
  constructor(identity: KeyResolver, fragment: string) {
    this.#identity = identity
    this.#fragment = fragment
  }

  /**
   * Checks something with the key of an account, and where that fails, once more with the key that the
   * account has by now. Resolves where one of them did it.
   *
   * @throws what the check throws; {FirehoseError} `verification-failed` where the account has no key,
   * `key-unavailable` where nobody could tell.
   */
  async check(did: string, check: (signingKey: string) => Promise<unknown>): Promise<void> {
    const forgetting = this.#forgetting.get(did)
    if (forgetting) await forgetting
    const signingKey = await this.#resolve(did, false)
    try {
      await check(signingKey)
    } catch (error) {
      const newKey = await this.#refresh(did)
      if (newKey === signingKey) throw error
      await check(newKey)
    }
  }

  /** Asks anew for the key of an account the next time: it may have changed. */
  forget(did: string): void {
    this.#refreshed.delete(did)
    const forgotten: Promise<void> = this.#invalidate(did).finally(() => {
      if (this.#forgetting.get(did) === forgotten) this.#forgetting.delete(did)
    })
    this.#forgetting.set(did, forgotten)
  }

  async #invalidate(did: string): Promise<void> {
    try {
      await this.#identity.invalidate?.(did)
    } catch {
      // The next signature that does not fit the key has it asked for anew.
    }
  }

  async #resolve(did: string, refresh: boolean): Promise<string> {
    try {
      return await this.#identity.resolveKey(did, this.#fragment, refresh)
    } catch (cause) {
      const { retryable } = Object(cause) as { retryable?: unknown }
      const code = retryable === false ? 'verification-failed' : 'key-unavailable'
      throw new FirehoseError(`No key of ${did}: ${String(cause)}`, { code, did, cause })
    }
  }

  /** What is asked for anew serves all who want it then, and for a while after. */
  #refresh(did: string): Promise<string> {
    const at = Date.now()
    const last = this.#refreshed.get(did)
    if (last && at - last.at < REFRESH_INTERVAL) return last.key
    const key = this.#resolve(did, true)
    this.#refreshed.set(did, { at, key })
    return key
  }
}
