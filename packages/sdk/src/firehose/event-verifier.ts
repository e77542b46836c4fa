// Whether events are what happened. What an event shows by itself is checked at once; who signed it,
// and what it follows, takes longer, and code that others need not load.

import type { PointVerifier } from '../crypto/index.ts'
import type { RepoChain } from '../repo/index.ts'
import { checkContent } from './checked-event.ts'
import type { CheckedEvent, RepoStateEvent } from './checked-event.ts'
import type { CommitEvent, RepoEvent } from './events.ts'
import type { FullVerifier, FullVerifierOptions } from './full-verifier.ts'
import type { KeyResolver } from './signing-keys.ts'

/**
 * How much of an event is checked:
 *
 * - `none`: nothing.
 * - `content`: everything but who it is from. The hashes of all blocks, that the commit is of the
 *   repository and the revision that the event says, that the operations are in its tree, and that
 *   they are all that happened (https://atproto.com/specs/sync#message-validation-checklist).
 * - `full`: the signature too, with the key of the account, and that no event is missing between this
 *   one and the one before it of the same repository.
 */
export type VerifyLevel = 'none' | 'content' | 'full'

/** What an {@link EventVerifier} checks, and with what. */
export interface EventVerifierOptions {
  /** @default 'content' */
  verify?: VerifyLevel | undefined
  /** Who knows the keys of accounts, for `full`. */
  identity?: KeyResolver | undefined
  /**
   * What is known of the repositories, for `full`. Yours, where it shall outlive the process, or where
   * you resynchronize repositories. @default one of the 100,000 repositories that were seen last
   */
  chain?: RepoChain | undefined
  /** Verifies signatures on secp256k1 in place of the platform. */
  k256?: PointVerifier | undefined
}

/**
 * Checks the events of {@link decodeFrame}. What was found out is noted on them as `verification`.
 *
 * In `full`, every event of a repository has to be given, in order: also those that are then left out.
 * Each may be given before the ones before it are done. The first event that is seen of a repository
 * begins its chain, without anything being wrong: it says `started`. After one that does not follow,
 * the repository is desynchronized, and its events say so until you tell the chain that you read it:
 *
 * @example
 * ```ts
 * const chain = new RepoChain()
 * const verifier = new EventVerifier({ verify: 'full', identity: new IdentityResolver(), chain })
 *
 * const event = await verifier.check(decodeFrame(bytes))
 * if (event.kind === 'commit' && event.verification?.chain?.status === 'desynchronized') {
 *   const { commit, records } = await readRepo(await fetchRepo(event.did), { did: event.did })
 *   await replaceRecords(event.did, records)
 *   await chain.resynchronized(commit)
 * }
 * ```
 */
export class EventVerifier {
  readonly #level: VerifyLevel
  readonly #full: (() => FullVerifier | Promise<FullVerifier>) | undefined

  /** @throws {TypeError} where `full` has no `identity`. */
  constructor({ verify = 'content', identity, chain, k256 }: EventVerifierOptions = {}) {
    if (verify === 'full' && !identity) throw new TypeError("verify: 'full' needs an identity")
    this.#level = verify
    this.#full = identity && lazily({ identity, chain, k256 })
  }

  /**
   * Checks an event. In `full`, events about repositories are promised; all others come back at once.
   *
   * @throws {FirehoseError} or rejects, with `seq` and `did`: `verification-failed`, whose `cause`
   * says what is wrong (a `RepoError`, or what `identity` has against the account);
   * `key-unavailable` where nobody could tell the key; `invalid-frame` where the operations are not what they should be.
   */
  check<Event extends RepoStateEvent | Exclude<RepoEvent, CommitEvent>>(
    event: Event,
  ): Event | Promise<Event> {
    if (this.#level === 'none') return event
    if (event.kind === 'identity') void this.#forget(event.did)
    if (event.kind !== 'commit' && event.kind !== 'sync') return event
    const checked = checkContent(event)
    if (this.#level === 'full') return this.#checkFully(event, checked)
    checked.note({ signature: 'not-checked' })
    return event
  }

  async #checkFully<Event>(event: Event, checked: CheckedEvent): Promise<Event> {
    // What waits for the code goes on in the order in which it came, before anything later.
    const full = await this.#full!()
    await full.check(checked)
    return event
  }

  async #forget(did: string): Promise<void> {
    try {
      const full = await this.#full?.()
      full?.forget(did)
    } catch {
      // Without the code there are no signatures to check.
    }
  }
}

/** Loads the code when it is first needed. */
function lazily(options: FullVerifierOptions): () => FullVerifier | Promise<FullVerifier> {
  let full: FullVerifier | Promise<FullVerifier> | undefined
  const load = async (): Promise<FullVerifier> => {
    try {
      const { FullVerifier } = await import('./full-verifier.ts')
      return (full = new FullVerifier(options))
    } catch (error) {
      // The next event tries again.
      full = undefined
      throw error
    }
  }
  return () => (full ??= load())
}
