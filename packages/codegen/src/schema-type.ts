// Schemas → types. What a type cannot show goes into docstrings (doc-comment.ts).

import type {
  LexiconObject,
  LexiconParams,
  LexiconSchema,
  LexiconString,
  LexiconUnion,
} from 'atproto.ts/lexicon'
import type { Catalog } from './catalog.ts'
import { describe } from './doc-comment.ts'
import type { Imports, Room } from './imports.ts'
import { atom, union } from './layout.ts'
import type { Field, TypeExpression } from './layout.ts'
import { propertyName, quote } from './names.ts'
import { targetOf } from './references.ts'

/** Writes the types of one module. */
export class SchemaTypes {
  readonly #nsid: string
  readonly #catalog: Catalog
  readonly #imports: Imports

  constructor(nsid: string, catalog: Catalog, imports: Imports) {
    this.#nsid = nsid
    this.#catalog = catalog
    this.#imports = imports
  }

  /** The type of a schema's values. */
  of(schema: LexiconSchema): TypeExpression {
    switch (schema.type) {
      case 'boolean':
        return atom(String(schema.const ?? 'boolean'))
      case 'integer': {
        if (schema.const !== undefined) return atom(String(schema.const))
        return schema.enum ? union(schema.enum.map((n) => atom(String(n)))) : atom('number')
      }
      case 'string':
        return this.#string(schema)
      case 'bytes':
        return this.#sdk('data', 'LexBytes')
      case 'cid-link':
        return this.#sdk('data', 'CidLink')
      case 'blob':
        // The older form, LegacyBlobRef, is no longer valid under any lexicon.
        return this.#sdk('data', 'BlobRef')
      case 'unknown':
        return atom(ANY_OBJECT)
      case 'array':
        return { kind: 'array', items: this.of(schema.items) }
      case 'object':
        return this.object(schema)
      case 'ref':
        return atom(this.reference(schema.ref))
      case 'union':
        return this.union(schema)
    }
  }

  /** An object type. @param id The `$type` by which its values may name themselves. */
  object(from: LexiconObject | LexiconParams, id?: string): TypeExpression {
    const { properties = {}, required, nullable } = { nullable: undefined, ...from }
    const fields = Object.entries(properties).map(([name, schema]): Field => {
      const isRequired = required?.includes(name)
      const type = union([
        this.of(schema),
        ...(nullable?.includes(name) ? [atom('null')] : []),
        // An absent property and one that is undefined are the same in JSON, so a caller that
        // compiles with exactOptionalPropertyTypes may hand on what it may not have.
        ...(isRequired ? [] : [atom('undefined')]),
      ])
      return { comment: describe(schema), name: propertyName(name) + (isRequired ? '' : '?'), type }
    })
    const typeField = id && { comment: [], name: '$type?', type: atom(quote(id)) }
    if (typeField) return { kind: 'object', fields: [typeField, ...fields] }
    return fields.length > 0 ? { kind: 'object', fields } : atom(ANY_OBJECT)
  }

  /** The type of a union's values: each says which member it is. */
  union({ refs, closed }: LexiconUnion): TypeExpression {
    if (refs.length === 0) return atom('{ $type: string; [field: string]: unknown }')
    const typed = this.#imports.sdk('lexicon', 'Typed')
    return union([
      ...refs.map((ref) => atom(`${typed}<${this.reference(ref)}>`)),
      ...(closed ? [] : [this.#sdk('lexicon', 'UnknownMember')]),
    ])
  }

  /** The name of the type that a reference points at, as this module knows it. */
  reference(ref: string): string {
    const target = targetOf(ref, this.#nsid)
    const name = this.#catalog.typeName(target)
    if (target.nsid === this.#nsid) return name
    return `${this.#imports.document(target.nsid)}.${name}`
  }

  #string(schema: LexiconString): TypeExpression {
    if (schema.const !== undefined) return atom(quote(schema.const))
    if (schema.enum) return union(schema.enum.map((value) => atom(quote(value))))
    const format = schema.format === undefined ? undefined : FORMATS.get(schema.format)
    const base = format === undefined ? undefined : this.#sdk('syntax', format)
    if (!schema.knownValues?.length) return base ?? atom('string')
    // The intersection keeps TypeScript from folding the literals, which editors offer, into string.
    const open = base ?? atom('(string & {})')
    return union([...schema.knownValues.map((value) => atom(quote(value))), open])
  }

  #sdk(room: Room, type: string): TypeExpression {
    return atom(this.#imports.sdk(room, type))
  }
}

// Not Record<string, unknown>: a definition called `record` becomes a type of that name.
const ANY_OBJECT = '{ [field: string]: unknown }'

// Without `datetime`: TypeScript types `new Date().toISOString()` as string, and a timestamp has to
// compile as it comes.
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['at-identifier', 'AtIdentifier'],
  ['at-uri', 'AtUri'],
  ['cid', 'CidString'],
  ['did', 'Did'],
  ['handle', 'Handle'],
  ['language', 'Language'],
  ['nsid', 'Nsid'],
  ['record-key', 'RecordKey'],
  ['tid', 'Tid'],
  ['uri', 'Uri'],
])
