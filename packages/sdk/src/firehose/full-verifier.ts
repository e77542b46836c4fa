// Who signed events, and whether they follow each other. It is loaded by those who ask for it.

import { RecentMap } from '../base/index.ts'
import type { PointVerifier } from '../crypto/index.ts'
import { RepoChain, verifyCommit } from '../repo/index.ts'
import { failureOf } from './checked-event.ts'
import type { CheckedEvent } from './checked-event.ts'
import type { EventChain } from './events.ts'
import { SigningKeys } from './signing-keys.ts'
import type { KeyResolver } from './signing-keys.ts'

const DEFAULT_REPOS = 100_000

/** What events are checked with. */
export interface FullVerifierOptions {
  identity: KeyResolver
  chain?: RepoChain | undefined
  k256?: PointVerifier | undefined
}

/** Checks what takes longer than a look at the event. */
export class FullVerifier {
  readonly #keys: SigningKeys
  readonly #chain: RepoChain
  readonly #k256: PointVerifier | undefined
  /** Of each repository with events that are being checked, the last of these. */
  readonly #latest = new Map<string, Promise<unknown>>()

  constructor({ identity, chain, k256 }: FullVerifierOptions) {
    this.#keys = new SigningKeys(identity, 'atproto')
    this.#chain = chain ?? new RepoChain(new RecentMap(DEFAULT_REPOS))
    this.#k256 = k256
  }

  /** Asks anew for the key of an account the next time. */
  forget(did: string): void {
    this.#keys.forget(did)
  }

  /**
   * Signatures are verified side by side; what they are followed by takes its turn.
   *
   * @throws {FirehoseError} `verification-failed`, `key-unavailable`
   */
  check(checked: CheckedEvent): Promise<void> {
    const { did } = checked.event
    const turn = this.#check(checked, this.#latest.get(did))
    this.#latest.set(did, turn)
    const finish = (): void => {
      if (this.#latest.get(did) === turn) this.#latest.delete(did)
    }
    turn.then(finish, finish)
    return turn
  }

  async #check(checked: CheckedEvent, before: Promise<unknown> | undefined): Promise<void> {
    const { event, content } = checked
    try {
      await this.#keys.check(event.did, (signingKey) =>
        verifyCommit(content, { signingKey, ...(this.#k256 && { k256: this.#k256 }) }),
      )
      await before?.catch(() => undefined)
      checked.note({ signature: 'verified', chain: await this.#follow(checked) })
    } catch (cause) {
      throw failureOf(event, cause)
    }
  }

  async #follow(checked: CheckedEvent): Promise<EventChain> {
    const outcome = await checked.follow(this.#chain)
    if (outcome.status === 'synchronized') return { status: 'synchronized' }
    const { reason } = outcome
    if (reason === 'old-rev') return { status: 'repeated' }
    if (reason === 'desynchronized') return { status: 'desynchronized' }
    if (reason !== 'unknown-repo') return { status: 'desynchronized', reason }
    await this.#chain.resynchronized(checked.content.commit)
    return { status: 'started' }
  }
}
