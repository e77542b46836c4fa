export { array } from './array-schema.ts'
export type { ArrayLimits } from './array-schema.ts'
export { blob, bytes, cidLink, unknown } from './data-schema.ts'
export type { BlobLimits, BytesLimits } from './data-schema.ts'
export { readRef } from './definition-ref.ts'
export type { DefinitionRef } from './definition-ref.ts'
export { refsOf } from './document-refs.ts'
export type { PlacedRef } from './document-refs.ts'
export type { Issue, IssueCode } from './issue.ts'
export { formatPath } from './issue.ts'
export { LexiconError, ValidationError } from './lexicon-error.ts'
export type { Issues } from './lexicon-error.ts'
export { Lexicons } from './lexicons.ts'
export type {
  LexiconArray,
  LexiconBlob,
  LexiconBody,
  LexiconBoolean,
  LexiconBytes,
  LexiconCidLink,
  LexiconDefinition,
  LexiconDocument,
  LexiconInteger,
  LexiconMethodError,
  LexiconObject,
  LexiconParam,
  LexiconParams,
  LexiconPermission,
  LexiconPermissionSet,
  LexiconProcedure,
  LexiconQuery,
  LexiconRecord,
  LexiconRef,
  LexiconSchema,
  LexiconString,
  LexiconSubscription,
  LexiconToken,
  LexiconUnion,
  LexiconUnknown,
} from './lexicon-document.ts'
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
export { object, optional } from './object-schema.ts'
export type { Fields, OptionalField } from './object-schema.ts'
export { parseLexicon, refProblem } from './parse-lexicon.ts'
export type { ParseLexiconOptions } from './parse-lexicon.ts'
export { parameters, ParamsSchema } from './params-schema.ts'
export { record, RecordSchema } from './record-schema.ts'
export type { RecordKeyType } from './record-schema.ts'
export { boolean, integer, oneOf } from './scalar-schema.ts'
export type { IntegerLimits } from './scalar-schema.ts'
export { lazy, nullable, Schema } from './schema.ts'
export type { ValidationResult } from './schema.ts'
export type { StandardResult, StandardSchema } from './standard-schema.ts'
export {
  atIdentifier,
  atUri,
  cid,
  datetime,
  did,
  handle,
  language,
  nsid,
  recordKey,
  string,
  tid,
  uri,
} from './string-schema.ts'
export type { StringLimits } from './string-schema.ts'
export { union } from './union-schema.ts'
export type { UnionOptions } from './union-schema.ts'
export type { Typed, UnknownMember, UnknownType } from './union.ts'
export type { ValidationOptions } from './validation.ts'
export { when } from './when.ts'
export type { WhenHandlers } from './when.ts'
