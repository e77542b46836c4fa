// What `import … from 'atproto.ts'` gives.
export { AtprotoError } from './base/index.ts'
export { ATProto } from './atproto.ts'
export type { ATProtoOptions, LoginOptions } from './atproto.ts'
export { Collection } from './collection.ts'
export type { CollectionOptions, FoundRecord, KeyOf, PlaceIn, RecordOf } from './collection.ts'
export { when } from './lexicon/index.ts'
export type { WhenHandlers } from './lexicon/index.ts'
export type { RecordPlace } from './record-place.ts'
export { MAX_WRITES } from './repo-calls.ts'
export type { RepoCalls } from './repo-calls.ts'
export { createSession, SessionEndedError } from './session/index.ts'
export type { CreateSessionOptions, Session, StoredSession } from './session/index.ts'
export { splitWrites } from './split-writes.ts'
export type { LoadingSubscription, SyncCalls } from './sync-calls.ts'
export {
  InternalServerError,
  InvalidRequestError,
  InvalidResponseError,
  isXrpcError,
  NetworkError,
  paginate,
  RateLimitExceededError,
  TimeoutError,
  UnauthorizedError,
  XrpcError,
  XrpcNotSupportedError,
} from './xrpc/index.ts'
export type {
  CallOptions,
  CarriedOut,
  FetchHandler,
  RateLimit,
  RetryEvent,
  RetryOptions,
  XrpcResponse,
} from './xrpc/index.ts'
