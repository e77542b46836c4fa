// The chain of events of each repository: whether every one follows what was known before it
// (https://atproto.com/specs/sync#reliable-repository-synchronization).

import type { CidString, Tid } from '../syntax/index.ts'
import { checkCommitEvent } from './check-commit-event.ts'
import type { CheckedCommitEvent } from './check-commit-event.ts'
import { checkSyncEvent } from './check-sync-event.ts'
import { verifyCommit } from './commit-signature.ts'
import type { CommitBlock, RepoCommit } from './commit.ts'
import { formatLink } from './link.ts'
import { linkOfTop } from './mst-node-encode.ts'
import { eventLink, invalidEvent } from './repo-event.ts'
import type { CommitEvent, SyncEvent } from './repo-event.ts'
import type { CommitVerification, VerifyEventOptions } from './verify-commit-event.ts'
import type { SyncVerification } from './verify-sync-event.ts'

/** What has to be remembered of a repository. */
export interface RepoState {
  /** The revision of the newest commit that was seen. */
  rev: Tid
  /** The root of its tree. */
  data: CidString
  /** Desynchronized: not all that led to it was seen, and the repository must be fetched. */
  status: 'synchronized' | 'desynchronized'
}

/** Remembers the states of repositories by their DIDs. A `Map` will do. */
export interface RepoStateStore {
  get(did: string): RepoState | undefined | Promise<RepoState | undefined>
  set(did: string, state: RepoState): unknown
}

/**
 * Why a repository must be fetched. `unknown-repo`: nothing was known of it, and this is not its first
 * commit. `since`, `prev-data`: the event follows another revision, or another tree, than the last
 * one. `not-invertible`: it lacks what would show that its operations are all that happened.
 * `sync-event`: the server says that the tree is another one.
 */
export type DesynchronizedReason =
  | 'unknown-repo'
  | 'since'
  | 'prev-data'
  | 'not-invertible'
  | 'sync-event'

/** What is known besides an event. */
export interface ChainEventOptions<Checked extends CommitBlock> extends VerifyEventOptions {
  /**
   * What `checkCommitEvent` or `checkSyncEvent` made of this very event, where its content has been
   * checked already: it is not checked again, but for the events of older servers, which take what is
   * known of the repository to check them.
   */
  checked?: Checked | undefined
}

/** What became of an event that is valid. */
export type ChainOutcome<Verification> =
  /** It follows what was known, and shows all that happened since. */
  | { status: 'synchronized'; verification: Verification }
  /** It does not: the repository must be fetched. Its events are ignored until then. */
  | { status: 'desynchronized'; reason: DesynchronizedReason; verification: Verification }
  /** It is not newer than what is known, or the repository must be fetched first. */
  | { status: 'ignored'; reason: 'old-rev' | 'desynchronized' }

/**
 * Follows repositories through their events. Each repository begins with its first commit, or with
 * {@link RepoChain.resynchronized} after it was fetched.
 *
 * The events of one repository must be given one after the other, those of different ones may be given
 * side by side. An event that is not valid throws what `verifyCommitEvent` and `verifySyncEvent`
 * throw, and changes nothing.
 *
 * @example
 * ```ts
 * const chain = new RepoChain()
 * const outcome = await chain.commit(event, { signingKey })
 * if (outcome.status === 'desynchronized') {
 *   const { commit, records } = await readRepo(await fetchRepo(did), { signingKey })
 *   await replaceRecords(records)
 *   await chain.resynchronized(commit)
 * }
 * ```
 */
export class RepoChain {
  readonly #store: RepoStateStore

  constructor(store: RepoStateStore = new Map()) {
    this.#store = store
  }

  /** Takes a `#commit` event. */
  async commit(
    event: CommitEvent,
    options: ChainEventOptions<CheckedCommitEvent> = {},
  ): Promise<ChainOutcome<CommitVerification>> {
    const state = await this.#stateOf(event.did ?? event.repo)
    const ignored = ignoreReason(event.rev, state)
    if (ignored) return { status: 'ignored', reason: ignored }
    // What the event leaves out is known, if nothing is missing.
    const isKnown = state?.rev === event.since && !event.prevData
    const checked =
      (!isKnown && checkedBefore(event, options)) ||
      checkCommitEvent(event, { ...options, ...(isKnown && { prevData: state.data }) })
    const verification = { ...checked, signature: await verifyCommit(checked, options) }
    const reason = commitReason(event, verification, state)
    return this.#settle(verification, reason)
  }

  /** Takes a `#sync` event. */
  async sync(
    event: SyncEvent,
    options: ChainEventOptions<CommitBlock> = {},
  ): Promise<ChainOutcome<SyncVerification>> {
    const state = await this.#stateOf(event.did)
    const isSame = event.rev === state?.rev && state.status === 'synchronized'
    const ignored = isSame ? undefined : ignoreReason(event.rev, state)
    if (ignored) return { status: 'ignored', reason: ignored }
    const checked = checkedBefore(event, options) ?? checkSyncEvent(event, options)
    const verification = { ...checked, signature: await verifyCommit(checked, options) }
    const known = state?.data ?? emptyRoot()
    if (verification.commit.data === known) return this.#settle(verification, undefined)
    return this.#settle(verification, state ? 'sync-event' : 'unknown-repo')
  }

  /**
   * To be told when a repository was fetched: its commit, as `readRepo` gives it. Where a newer one has
   * been seen already, what was fetched is too old, and the repository stays desynchronized.
   */
  async resynchronized({
    did,
    rev,
    data,
  }: Pick<RepoCommit, 'did' | 'rev' | 'data'>): Promise<RepoState> {
    const seen = await this.#store.get(did)
    if (seen && seen.rev > rev) return seen
    const state: RepoState = { rev, data, status: 'synchronized' }
    await this.#store.set(did, state)
    return state
  }

  async #stateOf(did: string | undefined): Promise<RepoState | undefined> {
    if (did === undefined) throw invalidEvent('it names no DID')
    return this.#store.get(did)
  }

  async #settle<Verification extends { commit: RepoCommit }>(
    verification: Verification,
    reason: DesynchronizedReason | undefined,
  ): Promise<ChainOutcome<Verification>> {
    const { did, rev, data } = verification.commit
    const status = reason ? 'desynchronized' : 'synchronized'
    await this.#store.set(did, { rev, data, status })
    return reason
      ? { status: 'desynchronized', reason, verification }
      : { status: 'synchronized', verification }
  }
}

function checkedBefore<Checked extends CommitBlock>(
  { rev }: CommitEvent | SyncEvent,
  { checked }: ChainEventOptions<Checked>,
): Checked | undefined {
  if (checked && checked.commit.rev !== rev) throw new RangeError('checked is of another event')
  return checked
}

function ignoreReason(
  rev: string,
  state: RepoState | undefined,
): 'old-rev' | 'desynchronized' | undefined {
  if (!state) return undefined
  if (rev <= state.rev) return 'old-rev'
  return state.status === 'desynchronized' ? 'desynchronized' : undefined
}

function commitReason(
  { since, prevData }: CommitEvent,
  { inversion }: CommitVerification,
  state: RepoState | undefined,
): DesynchronizedReason | undefined {
  const isFrom = (data: CidString): boolean =>
    !prevData || formatLink(eventLink(prevData, 'prevData')) === data
  if (!state) {
    const isFirst = since === null && isFrom(emptyRoot()) && inversion === 'verified'
    return isFirst ? undefined : 'unknown-repo'
  }
  if (since !== state.rev) return 'since'
  if (!isFrom(state.data)) return 'prev-data'
  return inversion === 'verified' ? undefined : 'not-invertible'
}

/** The root of the tree that every repository begins with. */
function emptyRoot(): CidString {
  return formatLink(linkOfTop(undefined))
}
