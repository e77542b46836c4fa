// The events of Jetstream, in the shapes that those of the firehose have. Jetstream sends no proofs:
// what they say is as true as the service that sends them.
import type {
  AccountEvent,
  IdentityEvent,
  InfoEvent,
  RepoOp,
  SequencedEvent,
  SyncEvent,
  UnknownEvent,
} from './events.ts'

/**
 * Any event of Jetstream, told apart by `kind`. With the names of collections, the records have the
 * types of their lexicons.
 *
 * `seq` is what a cursor is. On version one of the service it is the time in microseconds since 1970,
 * and events need not come in its order; on version two, a number that this one service counts.
 * Version two alone sends `sync` and `info`.
 */
export type JetstreamEvent<Collection extends string = string> =
  | JetstreamCommitEvent<Collection>
  | SyncEvent
  | IdentityEvent
  | AccountEvent
  | InfoEvent
  | UnknownEvent

/** A record was created, updated or deleted. A commit of several operations makes several events. */
export interface JetstreamCommitEvent<Collection extends string = string> extends SequencedEvent {
  readonly kind: 'commit'
  /** The revision of the repository after the commit, a TID. */
  readonly rev: string
  /** The one operation. What was there before, `prev`, Jetstream does not tell. */
  readonly ops: readonly [RepoOp<Collection>]
}

/** Where an event is in the stream and whom it is about, where it says so. */
export function placeOf(event: JetstreamEvent): Partial<SequencedEvent> {
  return event.kind === 'info' ? {} : event
}

/** When an event was seen, in milliseconds since 1970. */
export function timeOf(event: JetstreamEvent): number | undefined {
  const { time } = placeOf(event)
  return time === undefined ? undefined : Date.parse(time)
}
