// The event streams of the network: repositories, labels and Jetstream.
export { CollectionFilter } from './collection-filter.ts'
export { decodeFrame } from './decode-frame.ts'
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
export { MAX_FRAME_BYTES } from './frame.ts'
export { EventVerifier } from './event-verifier.ts'
export type { EventVerifierOptions, VerifyLevel } from './event-verifier.ts'
export { consume } from './consume.ts'
export type { ConsumeOptions, HandlerVerdict } from './consume.ts'
export type { CursorOptions } from './cursor-keeper.ts'
export { MemoryCursorStore } from './cursor-store.ts'
export type { CursorStore } from './cursor-store.ts'
export { FileCursorStore } from './file-cursor-store.ts'
export type { Decompress } from './decompress.ts'
export type { JetstreamCompression } from './jetstream-compression.ts'
export { fetchJetstreamDictionary } from './jetstream-dictionary.ts'
export type { FetchJetstreamDictionaryOptions } from './jetstream-dictionary.ts'
export type { JetstreamCommitEvent, JetstreamEvent } from './jetstream-event.ts'
export type { JetstreamFilter, JetstreamKind, JetstreamVersion } from './jetstream-filter.ts'
export { readJetstreamMessage } from './jetstream-message.ts'
export type { JetstreamSubscription } from './jetstream-subscription.ts'
export { decodeLabelFrame } from './label-frame.ts'
export type { LabelEvent, LabelsEvent, RefusedLabel } from './label-frame.ts'
export { isLabelActive, signLabel, verifyLabel } from './label-signature.ts'
export type { SignedLabel, VerifyLabelOptions } from './label-signature.ts'
export { LabelVerifier } from './label-verifier.ts'
export type { LabelVerifierOptions } from './label-verifier.ts'
export type { LinkOptions, ReconnectOptions } from './link.ts'
export type { KeyResolver } from './signing-keys.ts'
export { DEFAULT_JETSTREAM, subscribeJetstream } from './subscribe-jetstream.ts'
export type { SubscribeJetstreamOptions } from './subscribe-jetstream.ts'
export { DEFAULT_LABELER, subscribeLabels } from './subscribe-labels.ts'
export type { SubscribeLabelsOptions } from './subscribe-labels.ts'
export { DEFAULT_RELAY, subscribeRepos } from './subscribe-repos.ts'
export type { NamedCollections, SubscribeReposOptions } from './subscribe-repos.ts'
export type { StreamPlace, SubscriptionOptions } from './subscription-options.ts'
export type { SubscriptionStats } from './subscription-stats.ts'
export type { Subscription } from './subscription.ts'
export type { WebSocketConstructor, WebSocketLike } from './web-socket.ts'
