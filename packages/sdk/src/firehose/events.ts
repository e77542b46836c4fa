// The events of `com.atproto.sync.subscribeRepos`, as programs get to see them
// (https://atproto.com/specs/sync#repository-event-stream). They are told apart by `kind`.

import type { Records } from '../../lexicons/records.ts'
import type { LexValue } from '../data/index.ts'
import type { CheckedCommitEvent, DesynchronizedReason } from '../repo/index.ts'
import type { AtUri, CidString, Did, Nsid, RecordKey } from '../syntax/index.ts'
import type { FirehoseError } from './firehose-error.ts'

/**
 * Any event. With the names of collections, the records of its operations have the types of their
 * lexicons, told apart by `collection`.
 */
export type RepoEvent<Collection extends string = string> =
  | CommitEvent<Collection>
  | SyncEvent
  | IdentityEvent
  | AccountEvent
  | InfoEvent
  | HandleEvent
  | MigrateEvent
  | TombstoneEvent
  | UnknownEvent

/** What nearly all events have. */
export interface SequencedEvent {
  /** The place in the stream of the service that sent the event: what a cursor is. */
  readonly seq: number
  readonly did: Did
  /** About when the service received it, as a datetime. Nobody vouches for it. */
  readonly time: string
}

/** Records of a repository were created, updated or deleted. */
export interface CommitEvent<Collection extends string = string> extends SequencedEvent {
  readonly kind: 'commit'
  /** The revision of the repository after it, a TID: larger than all before. */
  readonly rev: string
  /** The revision before; null in the first commit. */
  readonly since: string | null
  /** The CID of the signed commit. */
  readonly commit: CidString
  /** The root of the tree before. Older servers leave it out. */
  readonly prevData: CidString | null
  /** What happened, in the order of the event. With a filter, only to the collections it names. */
  readonly ops: readonly RepoOp<Collection>[]
  /** The CAR file of the event: the commit, the nodes that prove the operations, the records. */
  readonly blocks: Uint8Array
  /** What was found out about it. Absent where nothing was checked. */
  readonly verification?: CommitEventVerification
}

/** What an operation does. A server may send others than the three that there are now. */
export type RepoAction = 'create' | 'update' | 'delete' | (string & {})

/** One change of a repository. */
export type RepoOp<Collection extends string = string> = Collection extends unknown
  ? {
      readonly action: RepoAction
      /** `collection/rkey` */
      readonly path: string
      readonly collection: string extends Collection ? Nsid : Collection
      readonly rkey: RecordKey
      readonly uri: AtUri
      /** The record as it is now; null where it was deleted. */
      readonly cid: CidString | null
      /** The record as it was before; null where it was created, and where the server does not say. */
      readonly prev: CidString | null
      /**
       * The record as it is now, as plain JSON, decoded when it is first read; null where it was
       * deleted, and where it cannot be read: see `fault`. That it follows its lexicon is for you to
       * check.
       */
      readonly record: RecordOf<Collection> | null
      /**
       * Why the record cannot be read. `invalid-record`: what the account wrote is not of the data
       * model; anybody can do that. `missing-record`: the event does not have it, and was not verified.
       */
      readonly fault?: FirehoseError | undefined
    }
  : never

/** The type of the records of a collection. */
export type RecordOf<Collection extends string> = Collection extends keyof Records
  ? Records[Collection]['value']
  : { [key: string]: LexValue }

/** A repository is in a new state, of which the event shows nothing but the commit. */
export interface SyncEvent extends SequencedEvent {
  readonly kind: 'sync'
  readonly rev: string
  /** A CAR file with the commit. */
  readonly blocks: Uint8Array
  /** What was found out about it. Absent where nothing was checked. */
  readonly verification?: EventVerification
}

/** The DID document or the handle of an account may have changed. What is kept of them is stale. */
export interface IdentityEvent extends SequencedEvent {
  readonly kind: 'identity'
  /** Its handle now, unless the service did not say. Not checked. */
  readonly handle?: string
}

/** What the service that sends the event has of an account, and whether it gives it out. */
export interface AccountEvent extends SequencedEvent {
  readonly kind: 'account'
  /** Whether the repository can be had. */
  readonly active: boolean
  /** Why not. There may be others, which mean the same to those who do not know them. */
  readonly status?:
    | 'takendown'
    | 'suspended'
    | 'deleted'
    | 'deactivated'
    | 'desynchronized'
    | 'throttled'
    | (string & {})
}

/** Something about the stream. `OutdatedCursor`: events after the cursor are lost already. */
export interface InfoEvent {
  readonly kind: 'info'
  readonly name: 'OutdatedCursor' | (string & {})
  readonly message?: string
}

/** An account changed its handle: what older services send. */
export interface HandleEvent extends SequencedEvent {
  readonly kind: 'handle'
  readonly handle: string
}

/** An account moved to another service: what older services send. */
export interface MigrateEvent extends SequencedEvent {
  readonly kind: 'migrate'
  readonly migrateTo: string | null
}

/** An account is gone: what older services send. */
export interface TombstoneEvent extends SequencedEvent {
  readonly kind: 'tombstone'
}

/** What this version does not know. */
export interface UnknownEvent {
  readonly kind: 'unknown'
  /** Its type, such as `#commit`, where it has one. */
  readonly t?: string
  readonly seq?: number
  readonly did?: Did
  readonly time?: string
  /** The message in the data model, with its type as `$type`. */
  readonly raw: { readonly [key: string]: LexValue }
}

/** What was found out about an event of a repository. Nothing of it was wrong. */
export interface EventVerification {
  /** Without keys nobody knows who made the commit. */
  readonly signature: 'verified' | 'not-checked'
  /** Whether the event follows those before it, where that was asked. */
  readonly chain?: EventChain
}

/** What was found out about a commit. */
export interface CommitEventVerification extends EventVerification {
  /**
   * Whether the operations were shown to be all that happened. That takes what the events of older
   * servers lack: `prevData`, or the `prev` of an update or a deletion.
   */
  readonly inversion: CheckedCommitEvent['inversion']
}

/**
 * How an event stands to what was seen of its repository before:
 *
 * - `synchronized`: it follows the last one, and shows all that happened since.
 * - `started`: it is the first that was seen of the repository. What is in there from earlier is not
 *   known; whoever needs it reads the repository.
 * - `repeated`: it is not newer than what was seen, as after a reconnect.
 * - `desynchronized`: something is missing before it, for the reason given with the first such event.
 *   Read the repository with `readRepo` and tell its commit to `resynchronized` of the chain; until
 *   then all its events say so.
 */
export interface EventChain {
  readonly status: 'synchronized' | 'started' | 'repeated' | 'desynchronized'
  readonly reason?: DesynchronizedReason
}
