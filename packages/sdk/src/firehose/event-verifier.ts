// Whether events are what happened. What an event shows by itself is checked at once; who signed it,
// and what it follows, takes longer.

import { AtprotoError } from '../base/index.ts'
import type { PointVerifier, VerifySignatureOptions } from '../crypto/index.ts'
import { checkCommitEvent, checkSyncEvent, RepoChain, verifyCommit } from '../repo/index.ts'
import type { ChainOutcome, CommitBlock } from '../repo/index.ts'
import type { CommitEvent, EventChain, EventVerification, RepoEvent, SyncEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { FrameCommit } from './frame-commit.ts'
import { FrameSync } from './frame-sync.ts'
import { RecentMap } from './recent-map.ts'
import { SigningKeys } from './signing-keys.ts'
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

const DEFAULT_REPOS = 100_000

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
  readonly #keys: SigningKeys | undefined
  readonly #chain: RepoChain
  readonly #plug: VerifySignatureOptions
  /** Of each repository with events that are being checked, the last of these. */
  readonly #latest = new Map<string, Promise<unknown>>()

  /** @throws {TypeError} where `full` has no `identity`. */
  constructor({ verify = 'content', identity, chain, k256 }: EventVerifierOptions = {}) {
    if (verify === 'full' && !identity) throw new TypeError("verify: 'full' needs an identity")
    this.#level = verify
    this.#keys = identity && new SigningKeys(identity, 'atproto')
    this.#chain = chain ?? new RepoChain(new RecentMap(DEFAULT_REPOS))
    this.#plug = k256 ? { k256 } : {}
  }

  /**
   * Checks an event. In `full`, events about repositories are promised; all others come back at once.
   *
   * @throws {FirehoseError} or rejects, with `seq` and `did`: `verification-failed`, whose `cause`
   * says what is wrong (a `RepoError`, or what `identity` has against the account);
   * `key-unavailable` where nobody could tell the key; `invalid-frame` where the operations are.
   */
  check(event: RepoEvent): RepoEvent | Promise<RepoEvent> {
    if (this.#level === 'none') return event
    if (event.kind === 'identity') this.#keys?.forget(event.did)
    if (event.kind !== 'commit' && event.kind !== 'sync') return event
    const checked = checkContent(event)
    if (this.#level === 'content') return checked.note({ signature: 'not-checked' })
    return this.#inTurn(event.did, (before) => this.#checkFully(checked, before))
  }

  async #checkFully(
    checked: CheckedEvent,
    before: Promise<unknown> | undefined,
  ): Promise<RepoEvent> {
    await this.#verifySignature(checked)
    await before?.catch(() => undefined)
    const chain = await this.#follow(checked).catch((cause: unknown) => {
      throw failureOf(checked.event, cause)
    })
    return checked.note({ signature: 'verified', chain })
  }

  /** Signatures are verified side by side; what they are followed by takes its turn. */
  #inTurn<Result>(
    did: string,
    work: (before: Promise<unknown> | undefined) => Promise<Result>,
  ): Promise<Result> {
    const turn = work(this.#latest.get(did))
    this.#latest.set(did, turn)
    const finish = (): void => {
      if (this.#latest.get(did) === turn) this.#latest.delete(did)
    }
    turn.then(finish, finish)
    return turn
  }

  async #verifySignature({ event, content }: CheckedEvent): Promise<void> {
    try {
      await this.#keys?.check(event.did, (signingKey) =>
        verifyCommit(content, { signingKey, ...this.#plug }),
      )
    } catch (error) {
      throw failureOf(event, error)
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

type RepoStateEvent = CommitEvent | SyncEvent

/** An event whose content was checked. */
interface CheckedEvent {
  event: RepoStateEvent
  content: CommitBlock
  /** Compares it with what is known of its repository. */
  follow(chain: RepoChain): Promise<ChainOutcome<unknown>>
  /** Notes what was found out on the event. */
  note(verification: EventVerification): RepoEvent
}

/** @throws {FirehoseError} */
function checkContent(event: RepoStateEvent): CheckedEvent {
  try {
    if (event instanceof FrameCommit) return checkCommit(event)
    if (event instanceof FrameSync) return checkSync(event)
  } catch (cause) {
    throw failureOf(event, cause)
  }
  throw new TypeError('The event is not one of decodeFrame')
}

function checkCommit(event: FrameCommit): CheckedEvent {
  const { did, rev, since, commit, prevData, blocks, allOps: ops } = event
  const whole = { did, rev, since, commit, prevData, blocks, ops }
  const checked = checkCommitEvent(whole)
  return {
    event,
    content: checked,
    follow: (chain) => chain.commit(whole, { checked }),
    note(verification) {
      // What an older server left out may be known.
      const isShown = verification.chain?.status === 'synchronized'
      const inversion = isShown ? 'verified' : checked.inversion
      return event.verified(checked, { inversion, ...verification })
    },
  }
}

function checkSync(event: FrameSync): CheckedEvent {
  const checked = checkSyncEvent(event)
  return {
    event,
    content: checked,
    follow: (chain) => chain.sync(event, { checked }),
    note: (verification) => event.verified(verification),
  }
}

/** What is thrown for an event that failed. What is not about the event stays what it is. */
function failureOf({ seq, did }: RepoStateEvent, cause: unknown): unknown {
  if (cause instanceof FirehoseError) return Object.assign(cause, { seq, did })
  if (!(cause instanceof AtprotoError)) return cause
  const message = `Event ${seq} of ${did}: ${cause.message}`
  return new FirehoseError(message, { code: 'verification-failed', seq, did, cause })
}
