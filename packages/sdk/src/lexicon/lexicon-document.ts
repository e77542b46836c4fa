// Lexicon documents as they are written: https://atproto.com/specs/lexicon.

import type { Nsid, StringFormat } from '../syntax/index.ts'
import type { RecordKeyType } from './record-schema.ts'

/** A lexicon: the definitions that belong to one NSID. What a document holds besides is left alone. */
export interface LexiconDocument extends Described {
  lexicon: 1
  id: Nsid
  defs: Record<string, LexiconDefinition>
}

/** What every part of a document may have. */
interface Described {
  description?: string
}

/** What may stand under `defs`. The primary ones stand there as `main` only. */
export type LexiconDefinition =
  | LexiconRecord
  | LexiconQuery
  | LexiconProcedure
  | LexiconSubscription
  | LexiconPermissionSet
  | LexiconToken
  | Exclude<LexiconSchema, LexiconRef | LexiconUnion | LexiconUnknown>

/** The type of the records of one collection. */
export interface LexiconRecord extends Described {
  type: 'record'
  key: RecordKeyType
  record: LexiconObject
}

/** What all methods say of themselves. */
interface LexiconCall extends Described {
  parameters?: LexiconParams
  errors?: LexiconMethodError[]
}

/** An XRPC method that reads. */
export interface LexiconQuery extends LexiconCall {
  type: 'query'
  output?: LexiconBody
}

/** An XRPC method that may change something. */
export interface LexiconProcedure extends LexiconCall {
  type: 'procedure'
  input?: LexiconBody
  output?: LexiconBody
}

/** A stream of messages. */
export interface LexiconSubscription extends LexiconCall {
  type: 'subscription'
  message: Described & { schema: LexiconUnion }
}

/** A request or response body. */
export interface LexiconBody extends Described {
  /** A MIME type. */
  encoding: string
  schema?: LexiconObject | LexiconRef | LexiconUnion
}

/** An error that a method may answer with. */
export interface LexiconMethodError extends Described {
  name: string
}

/** The parameters of a method. */
export interface LexiconParams extends Described {
  type: 'params'
  required?: string[]
  properties?: Record<string, LexiconParam | (LexiconArray & { items: LexiconParam })>
}

/** What fits into a query string. */
export type LexiconParam = LexiconBoolean | LexiconInteger | LexiconString

/** Permissions that are asked for together. */
export interface LexiconPermissionSet extends Described {
  type: 'permission-set'
  title?: string
  'title:lang'?: Record<string, string>
  detail?: string
  'detail:lang'?: Record<string, string>
  permissions: LexiconPermission[]
}

/** One permission. Of resources other than `repo` and `rpc` it may say anything. */
export interface LexiconPermission extends Described {
  type: 'permission'
  resource: string
  [parameter: string]: unknown
}

/** A name that stands for itself. */
export interface LexiconToken extends Described {
  type: 'token'
}

/** The shape of a value. */
export type LexiconSchema =
  | LexiconBoolean
  | LexiconInteger
  | LexiconString
  | LexiconBytes
  | LexiconCidLink
  | LexiconBlob
  | LexiconArray
  | LexiconObject
  | LexiconRef
  | LexiconUnion
  | LexiconUnknown

/** A boolean. */
export interface LexiconBoolean extends Described {
  type: 'boolean'
  const?: boolean
  default?: boolean
}

/** An integer. Limits are inclusive. */
export interface LexiconInteger extends Described {
  type: 'integer'
  minimum?: number
  maximum?: number
  enum?: number[]
  const?: number
  default?: number
}

/** A string. Lengths are in bytes of UTF-8, and inclusive. */
export interface LexiconString extends Described {
  type: 'string'
  format?: StringFormat
  minLength?: number
  maxLength?: number
  minGraphemes?: number
  maxGraphemes?: number
  knownValues?: string[]
  enum?: string[]
  const?: string
  default?: string
}

/** Bytes. */
export interface LexiconBytes extends Described {
  type: 'bytes'
  minLength?: number
  maxLength?: number
}

/** A link by content hash. */
export interface LexiconCidLink extends Described {
  type: 'cid-link'
}

/** A reference to a file. */
export interface LexiconBlob extends Described {
  type: 'blob'
  accept?: string[]
  maxSize?: number
}

/** An array. Lengths are in items. */
export interface LexiconArray extends Described {
  type: 'array'
  items: LexiconSchema
  minLength?: number
  maxLength?: number
}

/** An object. */
export interface LexiconObject extends Described {
  type: 'object'
  required?: string[]
  nullable?: string[]
  properties: Record<string, LexiconSchema>
}

/** The values of another definition: `nsid`, `nsid#name` or `#name`. */
export interface LexiconRef extends Described {
  type: 'ref'
  ref: string
}

/** The values of one of several definitions. */
export interface LexiconUnion extends Described {
  type: 'union'
  refs: string[]
  closed?: boolean
}

/** Any object. */
export interface LexiconUnknown extends Described {
  type: 'unknown'
}
