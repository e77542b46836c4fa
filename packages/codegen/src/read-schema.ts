// Reads the schemas inside a lexicon document. What the language does not know is refused here, so
// that the rest of the generator meets nothing unexpected.

import type { ObjectSchema, Ref, Reference, Schema, StringSchema, Union } from './document.ts'
import type { Place } from './place.ts'
import {
  readBoolean,
  readCount,
  readInteger,
  readIntegers,
  readString,
  readStrings,
} from './place.ts'

/** Reads schemas of one document and gathers the references it meets. */
export class SchemaReader {
  readonly references: Reference[] = []
  readonly #nsid: string

  constructor(nsid: string) {
    this.#nsid = nsid
  }

  /** Reads a schema of any type. */
  schema(place: Place, depth = 0): Schema {
    // Bounds the recursion of everything that walks schemas; real documents stay below ten.
    if (depth > MAX_DEPTH) place.fail(`schemas are nested more than ${MAX_DEPTH} deep`)
    const type = readString(place.at('type'))
    const description = readDescription(place)
    switch (type) {
      case 'boolean':
        return {
          type,
          description,
          const: place.at('const').optional(readBoolean),
          default: place.at('default').optional(readBoolean),
        }
      case 'integer':
        return {
          type,
          description,
          minimum: place.at('minimum').optional(readInteger),
          maximum: place.at('maximum').optional(readInteger),
          enum: place.at('enum').optional(readIntegers),
          const: place.at('const').optional(readInteger),
          default: place.at('default').optional(readInteger),
        }
      case 'string':
        return readStringSchema(place)
      case 'bytes':
        return {
          type,
          description,
          minLength: place.at('minLength').optional(readCount),
          maxLength: place.at('maxLength').optional(readCount),
        }
      case 'blob':
        return {
          type,
          description,
          accept: place.at('accept').optional(readStrings),
          maxSize: place.at('maxSize').optional(readCount),
        }
      case 'array':
        return {
          type,
          description,
          items: this.schema(place.at('items'), depth + 1),
          minLength: place.at('minLength').optional(readCount),
          maxLength: place.at('maxLength').optional(readCount),
        }
      case 'cid-link':
      case 'unknown':
        return { type, description }
      case 'object':
        return this.object(place, depth)
      case 'ref':
        return this.ref(place)
      case 'union':
        return this.union(place)
      default:
        return place.at('type').fail(`no schema has the type ${JSON.stringify(type)}`)
    }
  }

  /** Reads a schema that has to be an object. */
  object(place: Place, depth = 0): ObjectSchema {
    expectType(place, 'object')
    return this.#properties(place, (property) => this.schema(property, depth + 1))
  }

  /** Reads the parameters of a method: an object whose values fit into a query string. */
  params(place: Place): ObjectSchema {
    expectType(place, 'params')
    return this.#properties(place, (property) => {
      const schema = this.schema(property)
      const { type } = schema.type === 'array' ? schema.items : schema
      if (type === 'boolean' || type === 'integer' || type === 'string') return schema
      return property.fail(
        `a parameter is a boolean, integer or string, or an array of one of these, not ${type}`,
      )
    })
  }

  /** Reads a schema that has to be a ref. */
  ref(place: Place): Ref {
    expectType(place, 'ref')
    return {
      type: 'ref',
      description: readDescription(place),
      ref: this.#reference(place.at('ref'), 'ref'),
    }
  }

  /** Reads a schema that has to be a union. */
  union(place: Place): Union {
    expectType(place, 'union')
    const refs = place.at('refs').items()
    const closed = place.at('closed').optional(readBoolean) ?? false
    if (closed && refs.length === 0) place.fail('a closed union needs at least one ref')
    return {
      type: 'union',
      description: readDescription(place),
      refs: refs.map((ref) => this.#reference(ref, 'union')),
      closed,
    }
  }

  #properties(place: Place, read: (property: Place) => Schema): ObjectSchema {
    const properties = new Map(
      (place.at('properties').optional((all) => all.entries()) ?? []).map(([name, property]) => [
        name,
        read(property),
      ]),
    )
    const names = (key: string) => {
      for (const item of place.at(key).optional((list) => list.items()) ?? []) {
        const name = readString(item)
        if (!properties.has(name)) item.fail(`there is no property ${JSON.stringify(name)}`)
      }
      return new Set(place.at(key).optional(readStrings))
    }
    return {
      type: 'object',
      description: readDescription(place),
      properties,
      required: names('required'),
      nullable: names('nullable'),
    }
  }

  #reference(place: Place, from: Reference['from']): Reference {
    const text = readString(place)
    // The documents of @atproto/api write references with this prefix.
    const [nsid, name = 'main', ...rest] = text.replace(/^lex:/, '').split('#')
    if (rest.length > 0 || !name || (!nsid && !text.startsWith('#'))) {
      place.fail(`${JSON.stringify(text)} is no reference: write nsid, nsid#name or #name`)
    }
    const reference: Reference = { nsid: nsid || this.#nsid, name, from, path: place.path }
    this.references.push(reference)
    return reference
  }
}

const MAX_DEPTH = 64

/** Reads the description that every part of a document may have. */
export function readDescription(place: Place): string | undefined {
  return place.at('description').optional(readString)
}

/** Refuses a part of a document that is not of the type it has to be. */
export function expectType(place: Place, expected: string): void {
  const type = readString(place.at('type'))
  if (type !== expected) place.at('type').fail(`expected the type ${expected}, found ${type}`)
}

function readStringSchema(place: Place): StringSchema {
  return {
    type: 'string',
    description: readDescription(place),
    format: place.at('format').optional(readString),
    minLength: place.at('minLength').optional(readCount),
    maxLength: place.at('maxLength').optional(readCount),
    minGraphemes: place.at('minGraphemes').optional(readCount),
    maxGraphemes: place.at('maxGraphemes').optional(readCount),
    knownValues: place.at('knownValues').optional(readStrings),
    enum: place.at('enum').optional(readStrings),
    const: place.at('const').optional(readString),
    default: place.at('default').optional(readString),
  }
}
