// The lexicon language, described in its own schema runtime: which parts a document has, and where
// each may stand (https://atproto.com/specs/lexicon).

import { isRecordKey } from '../syntax/index.ts'
import { array } from './array-schema.ts'
import { isDefinitionName, readRef } from './definition-ref.ts'
import { byType, mapOf, refine, textThat } from './language-parts.ts'
import {
  areInPlace,
  hasMembers,
  hasNoInput,
  isAttainable,
  isBounded,
  isPermission,
  isPropertyName,
  namesItsProperties,
} from './language-rules.ts'
import { object, optional } from './object-schema.ts'
import type { Fields } from './object-schema.ts'
import { boolean, integer, oneOf } from './scalar-schema.ts'
import { lazy } from './schema.ts'
import type { Schema } from './schema.ts'
import { FORMATS } from './string-format.ts'
import { language, nsid, string } from './string-schema.ts'
import type { Validation } from './validation.ts'

const LITERAL = 'literal:'
const KEYS: ReadonlySet<string> = new Set(['any', 'nsid', 'tid'])

const count = integer({ minimum: 0 })
const mimeType = textThat((text) => /^[\w!#$&^.+*-]+\/[!-~][ -~]*$/.test(text), 'a MIME type')
const acceptPattern = textThat(
  (text) => /^(\*\/\*|[\w!#$&^.+-]+\/([\w!#$&^.+-]+|\*))$/.test(text),
  'a MIME type, type/* or */*',
)
const ref = textThat(
  (text) => readRef(text, 'com.example.this') !== undefined,
  'nsid, nsid#name or #name',
)
const recordKeyType = textThat(
  (text) => (text.startsWith(LITERAL) ? isRecordKey(text.slice(LITERAL.length)) : KEYS.has(text)),
  'any, nsid, tid or literal:…',
)

function part(fields: Fields): Schema<unknown> {
  return object(undefined, () => ({ description: optional(string()), ...fields }))
}

const booleanSchema = refine(
  part({ const: optional(boolean), default: optional(boolean) }),
  isAttainable,
)
const integerSchema = refine(
  part({
    minimum: optional(integer()),
    maximum: optional(integer()),
    enum: optional(array(integer(), { minLength: 1 })),
    const: optional(integer()),
    default: optional(integer()),
  }),
  isAttainable,
)
const stringSchema = refine(
  part({
    format: optional(oneOf(...Object.keys(FORMATS))),
    minLength: optional(count),
    maxLength: optional(count),
    minGraphemes: optional(count),
    maxGraphemes: optional(count),
    knownValues: optional(array(string())),
    enum: optional(array(string(), { minLength: 1 })),
    const: optional(string()),
    default: optional(string()),
  }),
  isAttainable,
)
const lengths = { minLength: optional(count), maxLength: optional(count) }
const scalars = { boolean: booleanSchema, integer: integerSchema, string: stringSchema }
const names = array(string())

const properties = (schema: Schema<unknown>): Schema<unknown> => mapOf(schema, isPropertyName)
const anySchema: Schema<unknown> = lazy(() => byType({ ...definable, ...referring }))
const objectSchema = refine(
  part({
    type: oneOf('object'),
    properties: properties(anySchema),
    required: optional(names),
    nullable: optional(names),
  }),
  namesItsProperties,
)
const refSchema = part({ type: oneOf('ref'), ref })
const unionSchema = refine(
  part({ type: oneOf('union'), refs: array(ref), closed: optional(boolean) }),
  hasMembers,
)

/** The schemas that may be definitions of their own. */
const definable = {
  ...scalars,
  bytes: refine(part(lengths), isBounded),
  'cid-link': part({}),
  blob: part({ accept: optional(array(acceptPattern)), maxSize: optional(count) }),
  array: refine(part({ ...lengths, items: anySchema }), isBounded),
  object: objectSchema,
}

/** Those that may not. */
const referring = { ref: refSchema, union: unionSchema, unknown: part({}) }

const paramsSchema = refine(
  part({
    type: oneOf('params'),
    properties: optional(
      properties(
        byType({
          ...scalars,
          array: refine(part({ ...lengths, items: byType(scalars) }), isBounded),
        }),
      ),
    ),
    required: optional(names),
  }),
  namesItsProperties,
)
const body = part({
  encoding: mimeType,
  schema: optional(byType({ object: objectSchema, ref: refSchema, union: unionSchema })),
})
const method = {
  parameters: optional(paramsSchema),
  errors: optional(
    array(part({ name: textThat((text) => /^\S+$/.test(text), 'a name without whitespace') })),
  ),
}
const texts = mapOf(string(), (name, validation) => language.check(name, validation, 0))

const definition = byType({
  ...definable,
  token: part({}),
  record: part({ key: recordKeyType, record: objectSchema }),
  query: refine(part({ ...method, output: optional(body) }), hasNoInput),
  procedure: part({ ...method, input: optional(body), output: optional(body) }),
  subscription: part({ ...method, message: part({ schema: unionSchema }) }),
  'permission-set': part({
    title: optional(string()),
    'title:lang': optional(texts),
    detail: optional(string()),
    'detail:lang': optional(texts),
    permissions: array(byType({ permission: refine(part({ resource: string() }), isPermission) })),
  }),
})

function isNamed(name: string, validation: Validation): boolean {
  const expected = 'a name of ASCII letters, digits, _ and -, a letter first'
  return isDefinitionName(name) || validation.fail('misplaced', expected)
}

/** A lexicon document, as far as its parts go: whether its references meet is another matter. */
export const lexiconLanguage: Schema<unknown> = part({
  lexicon: oneOf(1),
  id: nsid,
  defs: refine(mapOf(definition, isNamed), areInPlace),
})
