// Schemas → the calls that make them at run time (the schema runtime is the SDK's lexicon room).

import type {
  LexiconBlob,
  LexiconObject,
  LexiconParams,
  LexiconRecord,
  LexiconSchema,
  LexiconString,
} from 'atproto.ts/lexicon'
import type { Catalog } from './catalog.ts'
import type { Imports } from './imports.ts'
import { quote } from './names.ts'
import { targetOf } from './references.ts'
import { call, code, layOutConstant, thunk } from './value-layout.ts'
import type { ValueExpression } from './value-layout.ts'

/** Writes the schemas of one module. */
export class SchemaValues {
  readonly #nsid: string
  readonly #catalog: Catalog
  readonly #imports: Imports

  constructor(nsid: string, catalog: Catalog, imports: Imports) {
    this.#nsid = nsid
    this.#catalog = catalog
    this.#imports = imports
  }

  /** Declares the schema of the values of a type. */
  constant(name: string, type: string, value: ValueExpression): string {
    return layOutConstant(name, `${this.#imports.sdk('lexicon', 'Schema')}<${type}>`, value)
  }

  /** Declares the schema of the records of a collection. */
  record(type: string, { key, record }: LexiconRecord): string {
    const schema = `${this.#imports.sdk('lexicon', 'RecordSchema')}<${type}>`
    const args = [code(quote(this.#nsid)), code(quote(key)), this.#fields(record)]
    return layOutConstant('main', schema, this.#call('record', ...args))
  }

  /** Declares the schema of the parameters of a method. */
  parameters(type: string, schema: LexiconParams): string {
    const schemaType = `${this.#imports.sdk('lexicon', 'ParamsSchema')}<${type}>`
    const fields = this.#fields(schema, true)
    return layOutConstant('params', schemaType, this.#call('parameters', fields))
  }

  /** The schema of an object. @param type The `$type` by which its values may name themselves. */
  object(schema: LexiconObject, type?: string): ValueExpression {
    return this.#call('object', code(type ? quote(type) : 'undefined'), this.#fields(schema))
  }

  /**
   * A schema that stands by itself in a module. What it refers to may be in a module that is not
   * there yet, because modules may import one another.
   */
  top(schema: LexiconSchema): ValueExpression {
    const value = this.of(schema)
    return refers(schema) ? this.#call('lazy', thunk(value)) : value
  }

  /** A schema of any type. */
  of(schema: LexiconSchema): ValueExpression {
    switch (schema.type) {
      case 'boolean':
        return schema.const === undefined ? this.#name('boolean') : this.#oneOf([schema.const])
      case 'integer': {
        const { minimum, maximum, enum: values } = schema
        if (schema.const !== undefined) return this.#oneOf([schema.const])
        return values ? this.#oneOf(values) : this.#limited('integer', { minimum, maximum })
      }
      case 'string':
        return this.#string(schema)
      case 'bytes': {
        const { minLength, maxLength } = schema
        return this.#limited('bytes', { minLength, maxLength })
      }
      case 'cid-link':
        return this.#name('cidLink')
      case 'blob':
        return this.#blob(schema)
      case 'unknown':
        return this.#name('unknown')
      case 'array': {
        const { minLength, maxLength } = schema
        return this.#limited('array', { minLength, maxLength }, this.of(schema.items))
      }
      case 'object':
        return this.object(schema)
      case 'ref':
        return this.#reference(schema.ref)
      case 'union': {
        const members = schema.refs.map((ref) => this.#reference(ref))
        const options = schema.closed ? [entries({ closed: true })] : []
        return this.#call('union', { kind: 'list', items: members }, ...options)
      }
    }
  }

  #fields(from: LexiconObject | LexiconParams, withDefaults = false): ValueExpression {
    const { properties = {}, required, nullable } = { nullable: undefined, ...from }
    const fields = Object.entries(properties).map(([name, schema]) => {
      const plain = this.of(schema)
      const value = nullable?.includes(name) ? this.#call('nullable', plain) : plain
      if (required?.includes(name)) return [name, value] as const
      const byDefault = withDefaults && 'default' in schema ? schema.default : undefined
      const args = byDefault === undefined ? [] : [literal(byDefault)]
      return [name, this.#call('optional', value, ...args)] as const
    })
    return { kind: 'fields', fields }
  }

  #string(schema: LexiconString): ValueExpression {
    if (schema.const !== undefined) return this.#oneOf([schema.const])
    if (schema.enum) return this.#oneOf(schema.enum)
    const { minLength, maxLength, minGraphemes, maxGraphemes } = schema
    const limits = entries({ minLength, maxLength, minGraphemes, maxGraphemes })
    const format = schema.format && this.#name(FORMATS[schema.format])
    if (limits.entries.length === 0) return format ?? this.#call('string')
    const all = [...(format ? [['format', format] as const] : []), ...limits.entries]
    return this.#call('string', { kind: 'options', entries: all })
  }

  #blob({ accept, maxSize }: LexiconBlob): ValueExpression {
    const limits = entries({ maxSize })
    const types = { kind: 'list', items: accept?.map((type) => literal(type)) ?? [] } as const
    const all = [...(accept ? [['accept', types] as const] : []), ...limits.entries]
    return this.#call(
      'blob',
      ...(all.length > 0 ? [{ kind: 'options', entries: all } as const] : []),
    )
  }

  #oneOf(values: readonly (string | number | boolean)[]): ValueExpression {
    return this.#call('oneOf', ...values.map(literal))
  }

  #limited(
    callee: string,
    limits: Record<string, number | undefined>,
    ...args: ValueExpression[]
  ): ValueExpression {
    const options = entries(limits)
    return this.#call(callee, ...args, ...(options.entries.length > 0 ? [options] : []))
  }

  /** The name of the schema that a reference points at, as this module knows it. */
  #reference(ref: string): ValueExpression {
    const target = targetOf(ref, this.#nsid)
    const name = this.#catalog.valueName(target)
    if (target.nsid === this.#nsid) return code(name)
    return code(`${this.#imports.documentValue(target.nsid)}.${name}`)
  }

  #call(callee: string, ...args: ValueExpression[]): ValueExpression {
    return call(this.#imports.sdkValue('lexicon', callee), ...args)
  }

  #name(name: string): ValueExpression {
    return code(this.#imports.sdkValue('lexicon', name))
  }
}

type Options = Extract<ValueExpression, { kind: 'options' }>

/** Those that are set. */
function entries(options: Record<string, number | boolean | undefined>): Options {
  const set = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, literal(value)] as const],
  )
  return { kind: 'options', entries: set }
}

function literal(value: string | number | boolean): ValueExpression {
  return code(typeof value === 'string' ? quote(value) : String(value))
}

function refers(schema: LexiconSchema): boolean {
  if (schema.type === 'array') return refers(schema.items)
  return schema.type === 'ref' || schema.type === 'union'
}

/** The constants of the schema runtime by the formats that they check. */
const FORMATS: Readonly<Record<NonNullable<LexiconString['format']>, string>> = {
  'at-identifier': 'atIdentifier',
  'at-uri': 'atUri',
  cid: 'cid',
  datetime: 'datetime',
  did: 'did',
  handle: 'handle',
  language: 'language',
  nsid: 'nsid',
  'record-key': 'recordKey',
  tid: 'tid',
  uri: 'uri',
}
