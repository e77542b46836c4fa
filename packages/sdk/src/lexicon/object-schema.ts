// Objects (https://atproto.com/specs/lexicon#object).

import { isObject, Schema } from './schema.ts'
import type { Check } from './schema.ts'
import { MAX_DEPTH } from './validation.ts'
import type { Validation } from './validation.ts'

/** A field that may be absent. `undefined` counts as absent. */
export interface OptionalField {
  readonly optional: Schema<unknown>
  /** What a parameter is where a query string does not have it. */
  readonly default?: unknown
}

/** The fields of an object by their names; those that are not optional are required. */
export type Fields = Readonly<Record<string, Schema<unknown> | OptionalField>>

/**
 * A field that may be absent.
 *
 * @param byDefault What it then is, in parameters that are read from a query string: elsewhere a
 *   value stays as it is.
 */
export function optional(schema: Schema<unknown>, byDefault?: unknown): OptionalField {
  return { optional: schema, default: byDefault }
}

/**
 * An object. Other fields than these may stand in it too.
 *
 * @param type The `$type` by which values may name themselves, if any does.
 * @param fields Called once, when the schema is first used.
 */
export function object<Value>(type: string | undefined, fields: () => Fields): Schema<Value> {
  const schema: Schema<Value> = new Schema((value, validation, depth) => {
    schema.check = objectCheck(fields(), type)
    return schema.check(value, validation, depth)
  }, type)
  return schema
}

interface Slot {
  readonly schema: Schema<unknown>
  readonly isRequired: boolean
}

/** Checks the fields of an object, and the `$type` of one that has to have it. */
export function objectCheck(fields: Fields, type?: string, isTypeRequired = false): Check {
  const slots = new Map<string, Slot>()
  if (type !== undefined) {
    slots.set('$type', { schema: typeName(type), isRequired: isTypeRequired })
  }
  for (const [name, field] of Object.entries(fields)) {
    slots.set(
      name,
      field instanceof Schema
        ? { schema: field, isRequired: true }
        : { schema: field.optional, isRequired: false },
    )
  }
  const required = [...slots].filter(([, slot]) => slot.isRequired).map(([name]) => name)

  return (value, validation, depth) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    if (depth === MAX_DEPTH) return validation.fail('too-deep', `at most ${MAX_DEPTH} levels`)
    let isValid = true
    let missing = required.length
    let known = validation.issues.length
    // What is there, not what could be there: no name in a lexicon meets Object.prototype, and the
    // engine knows where the fields of a loop are, while a look-up by name has to find them.
    for (const name in value) {
      const item = value[name]
      if (item === undefined) continue
      const slot = slots.get(name)
      if (slot === undefined) {
        // Names with $ belong to the protocol, which may grow.
        if (!validation.strict || name.startsWith('$')) continue
        validation.fail('unknown-field', 'no field of this name')
      } else {
        if (slot.isRequired) missing--
        if (slot.schema.check(item, validation, depth + 1)) continue
      }
      isValid = false
      validation.under(name, known)
      if (validation.stops) return false
      known = validation.issues.length
    }
    return missing === 0 ? isValid : failMissing(value, required, validation)
  }
}

function failMissing(
  value: Record<string, unknown>,
  required: readonly string[],
  validation: Validation,
): false {
  for (const name of required) {
    if (Object.hasOwn(value, name) && value[name] !== undefined) continue
    validation.fail('missing', 'this field', name)
    if (validation.stops) break
  }
  return false
}

function typeName(type: string): Schema<string> {
  return new Schema(
    (value, validation) =>
      value === type || validation.fail('wrong-record-type', `the $type ${type}`),
  )
}
