export type {
  BinaryChunk,
  BinaryInput,
  BinaryOutput,
  Procedure,
  Query,
  Subscription,
  XrpcMethod,
} from './method.ts'
export { expandMethods } from './method-table.ts'
export type { Typed, UnknownMember, UnknownType } from './union.ts'
export { when } from './when.ts'
export type { WhenHandlers } from './when.ts'
