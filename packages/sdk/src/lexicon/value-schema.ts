// Schemas of a document → schemas that check values.

import { array } from './array-schema.ts'
import { blob, bytes, cidLink, unknown } from './data-schema.ts'
import type {
  LexiconBoolean,
  LexiconInteger,
  LexiconObject,
  LexiconParams,
  LexiconSchema,
  LexiconString,
} from './lexicon-document.ts'
import { object, optional } from './object-schema.ts'
import type { Fields } from './object-schema.ts'
import { boolean, integer, oneOf } from './scalar-schema.ts'
import { lazy, nullable } from './schema.ts'
import type { Schema } from './schema.ts'
import { FORMATS } from './string-format.ts'
import { string } from './string-schema.ts'
import { union } from './union-schema.ts'

/** Gives the schema that a reference points at. It is asked when the schema is used. */
export type ResolveRef = (ref: string, from: 'ref' | 'union') => Schema<unknown>

/** The schema of a value that needs no other definition. */
export function scalarSchema(
  schema: LexiconBoolean | LexiconInteger | LexiconString,
): Schema<unknown> {
  if (schema.const !== undefined) return oneOf(schema.const)
  if ('enum' in schema && schema.enum) return oneOf<string | number>(...schema.enum)
  switch (schema.type) {
    case 'boolean':
      return boolean
    case 'integer':
      return integer(schema)
    case 'string':
      return string({ ...schema, format: schema.format && FORMATS[schema.format] })
  }
}

/** The schema of the values that a document describes. */
export function valueSchema(schema: LexiconSchema, resolve: ResolveRef): Schema<unknown> {
  switch (schema.type) {
    case 'boolean':
    case 'integer':
    case 'string':
      return scalarSchema(schema)
    case 'bytes':
      return bytes(schema)
    case 'cid-link':
      return cidLink
    case 'blob':
      return blob(schema)
    case 'unknown':
      return unknown
    case 'array':
      return array(valueSchema(schema.items, resolve), schema)
    case 'object':
      return object(undefined, () => fieldsOf(schema, resolve))
    case 'ref':
      return lazy(() => resolve(schema.ref, 'ref'))
    case 'union': {
      const { refs, closed = false } = schema
      return lazy(() =>
        union(
          refs.map((ref) => resolve(ref, 'union')),
          { closed },
        ),
      )
    }
  }
}

/** The fields of an object or of parameters. */
export function fieldsOf(
  { properties = {}, required = [], ...rest }: LexiconObject | LexiconParams,
  resolve: ResolveRef,
): Fields {
  const nullableNames = 'nullable' in rest ? (rest.nullable ?? []) : []
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const plain = valueSchema(property, resolve)
      const schema = nullableNames.includes(name) ? nullable(plain) : plain
      if (required.includes(name)) return [name, schema]
      return [name, optional(schema, 'default' in property ? property.default : undefined)]
    }),
  )
}
