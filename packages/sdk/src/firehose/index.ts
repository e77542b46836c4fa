// The event streams of the network: repositories, labels and Jetstream.
export { CollectionFilter } from './collection-filter.ts'
export { decodeFrame, MAX_FRAME_BYTES } from './decode-frame.ts'
export type { DecodeFrameOptions } from './decode-frame.ts'
export type {
  AccountEvent,
  CommitEvent,
  CommitEventVerification,
  EventChain,
  EventVerification,
  HandleEvent,
  IdentityEvent,
  InfoEvent,
  MigrateEvent,
  RecordOf,
  RepoAction,
  RepoEvent,
  RepoOp,
  SequencedEvent,
  SyncEvent,
  TombstoneEvent,
  UnknownEvent,
} from './events.ts'
export { FirehoseError } from './firehose-error.ts'
export type { FirehoseErrorCode, FirehoseErrorOptions } from './firehose-error.ts'
