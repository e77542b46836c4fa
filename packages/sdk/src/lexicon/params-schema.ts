// Parameters of methods: an object in a program, text in a query string
// (https://atproto.com/specs/xrpc#lexicon-http-endpoints).

import { ValidationError } from './lexicon-error.ts'
import { objectCheck } from './object-schema.ts'
import type { Fields } from './object-schema.ts'
import { Schema } from './schema.ts'
import type { ValidationResult } from './schema.ts'
import type { ValidationOptions } from './validation.ts'

/** The schema of a method's parameters. */
export class ParamsSchema<Value> extends Schema<Value> {
  readonly #fields: () => Fields

  /** @internal */
  constructor(fields: () => Fields) {
    super((value, validation, depth) => {
      this.check = objectCheck(fields())
      return this.check(value, validation, depth)
    })
    this.#fields = fields
  }

  /**
   * Reads parameters from a query string: integers, booleans and lists as what they are, defaults
   * where there is nothing. Names that the lexicon does not know are left out.
   *
   * @throws {@link ValidationError} with everything that is wrong with them, or the first fault only
   */
  parseQuery(query: URLSearchParams, options?: ValidationOptions): Value {
    const result = this.safeParseQuery(query, options)
    if (result.success) return result.value
    throw new ValidationError(result.issues)
  }

  /** Does what {@link parseQuery} does, and gives what is wrong instead of throwing it. */
  safeParseQuery(query: URLSearchParams, options?: ValidationOptions): ValidationResult<Value> {
    const fields = this.#fields()
    const entries: [string, unknown][] = []
    for (const [name, field] of Object.entries(fields)) {
      const isRequired = field instanceof Schema
      const texts = query.getAll(name)
      if (texts.length > 0) {
        entries.push([name, (isRequired ? field : field.optional).fromTexts(texts)])
      } else if (!isRequired && field.default !== undefined) {
        entries.push([name, field.default])
      }
    }
    if (options?.strict) {
      for (const name of query.keys()) {
        if (!Object.hasOwn(fields, name)) entries.push([name, query.get(name)])
      }
    }
    return this.safeParse(Object.fromEntries(entries), options)
  }
}

/** The parameters of a method. @param fields Called when the schema is used. */
export function parameters<Value>(fields: () => Fields): ParamsSchema<Value> {
  return new ParamsSchema(fields)
}
