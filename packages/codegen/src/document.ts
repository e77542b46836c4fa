// Lexicon documents as the generator works with them: checked, with references made absolute and
// with maps instead of objects, so that no name in a document meets Object.prototype.

/** A checked lexicon document. */
export interface LexiconDocument {
  id: string
  description: string | undefined
  defs: Map<string, Definition>
  /** Every reference in it, to be resolved once all documents are known. */
  references: Reference[]
}

/** A pointer to a definition, in this document or in another. */
export interface Reference {
  nsid: string
  name: string
  /** Whether a `ref` points there or a `union`, which may point at fewer things. */
  from: 'ref' | 'union'
  /** Where in the document it stands, for error messages. */
  path: string
}

/** What may stand under `defs`. */
export type Definition =
  | RecordDefinition
  | MethodDefinition
  | SubscriptionDefinition
  | Token
  | Opaque<'permission-set'>
  | Exclude<Schema, Ref | Union | Opaque<'unknown'>>

/** The type of the records of one collection. */
export interface RecordDefinition extends Described {
  type: 'record'
  key: string
  record: ObjectSchema
}

/** An XRPC method that is called over HTTP. */
export interface MethodDefinition extends Described {
  type: 'query' | 'procedure'
  parameters: ObjectSchema | undefined
  input: Body | undefined
  output: Body | undefined
  errors: DeclaredError[]
}

/** An XRPC method that is a stream of messages. */
export interface SubscriptionDefinition extends Described {
  type: 'subscription'
  parameters: ObjectSchema | undefined
  message: Union
  errors: DeclaredError[]
}

/** A request or response body. */
export interface Body extends Described {
  encoding: string
  schema: ObjectSchema | Ref | Union | undefined
}

/** The encoding of a body that its schema describes. */
export const JSON_ENCODING = 'application/json'

/** An error that a method says it may answer with. */
export interface DeclaredError extends Described {
  name: string
}

/** The shape of a value. */
export type Schema =
  | BooleanSchema
  | IntegerSchema
  | StringSchema
  | BytesSchema
  | BlobSchema
  | ArraySchema
  | ObjectSchema
  | Ref
  | Union
  | Opaque<'cid-link'>
  | Opaque<'unknown'>

/** What any part of a document may have. */
export interface Described {
  description: string | undefined
}

/** A type that its name says everything about. */
export interface Opaque<Type extends string> extends Described {
  type: Type
}

/** A name that stands for itself; its value is the string `nsid#name`. */
export type Token = Opaque<'token'>

/** A boolean, or the one that it always is. */
export interface BooleanSchema extends Described {
  type: 'boolean'
  const: boolean | undefined
  default: boolean | undefined
}

/** An integer, within limits that are both inclusive. */
export interface IntegerSchema extends Described {
  type: 'integer'
  minimum: number | undefined
  maximum: number | undefined
  enum: number[] | undefined
  const: number | undefined
  default: number | undefined
}

/** A string. Lengths are in UTF-8 bytes. */
export interface StringSchema extends Described {
  type: 'string'
  format: string | undefined
  minLength: number | undefined
  maxLength: number | undefined
  minGraphemes: number | undefined
  maxGraphemes: number | undefined
  knownValues: string[] | undefined
  enum: string[] | undefined
  const: string | undefined
  default: string | undefined
}

/** A byte string. Lengths are in bytes. */
export interface BytesSchema extends Described {
  type: 'bytes'
  minLength: number | undefined
  maxLength: number | undefined
}

/** A reference to a file, of these MIME types and at most so many bytes. */
export interface BlobSchema extends Described {
  type: 'blob'
  accept: string[] | undefined
  maxSize: number | undefined
}

/** An array. Lengths are in items. */
export interface ArraySchema extends Described {
  type: 'array'
  items: Schema
  minLength: number | undefined
  maxLength: number | undefined
}

/** An object. What else it may hold is not said. */
export interface ObjectSchema extends Described {
  type: 'object'
  properties: Map<string, Schema>
  required: Set<string>
  nullable: Set<string>
}

/** The type of another definition. */
export interface Ref extends Described {
  type: 'ref'
  ref: Reference
}

/** One of several object types, told apart by `$type`; of others too unless it is closed. */
export interface Union extends Described {
  type: 'union'
  refs: Reference[]
  closed: boolean
}
