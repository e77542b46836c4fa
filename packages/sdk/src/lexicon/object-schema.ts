// Objects (https://atproto.com/specs/lexicon#object).

import { isObject, Schema } from './schema.ts'
import type { Check, CommonStrings } from './schema.ts'
import { MAX_DEPTH, SILENT } from './validation.ts'
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
  readonly name: string
  readonly schema: Schema<unknown>
  readonly isRequired: boolean
  /** Of the schema: here it is a look less away. */
  readonly common: CommonStrings | undefined
  /** The one that came after it in the last value: most values have their fields in the same order. */
  next: Slot | undefined
}

function slotOf(name: string, schema: Schema<unknown>, isRequired: boolean): Slot {
  return { name, schema, isRequired, common: schema.common, next: undefined }
}

/** Checks the fields of an object, and the `$type` of one that has to have it. */
export function objectCheck(fields: Fields, type?: string, isTypeRequired = false): Check {
  const slots = new Map<string, Slot>()
  const add = (name: string, schema: Schema<unknown>, isRequired: boolean): void => {
    slots.set(name, slotOf(name, schema, isRequired))
  }
  if (type !== undefined) add('$type', typeName(type), isTypeRequired)
  for (const [name, field] of Object.entries(fields)) {
    if (field instanceof Schema) add(name, field, true)
    else add(name, field.optional, false)
  }
  // Stands before the first field of a value.
  const start = slotOf('', typeName(''), false)
  const required = [...slots.values()].filter((slot) => slot.isRequired)

  return (value, validation, depth) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    if (depth === MAX_DEPTH) return validation.fail('too-deep', `at most ${MAX_DEPTH} levels`)
    // Where only the answer counts, what a record lacks comes before what lies within it.
    const knowsRequired = isTypeRequired && validation === SILENT
    if (knowsRequired && !hasRequired(value, required)) return false
    let isValid = true
    let missing = required.length
    let known = validation.issues.length
    let last = start
    // What is there, not what could be there: no name in a lexicon meets Object.prototype, and the
    // engine knows where the fields of a loop are, while a look-up by name has to find them.
    for (const name in value) {
      const item = value[name]
      if (item === undefined) continue
      let slot = last.next
      if (slot === undefined || slot.name !== name) {
        slot = slots.get(name)
        last.next = slot
      }
      if (slot === undefined) {
        // Names with $ belong to the protocol, which may grow.
        if (!validation.strict || name.startsWith('$')) continue
        validation.fail('unknown-field', 'no field of this name')
      } else {
        last = slot
        const { common } = slot
        if (slot.isRequired) {
          missing--
          if (knowsRequired && common !== undefined) continue
        }
        if (common !== undefined && isCommon(item, common)) continue
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

/** Whether a value is a string that most values of a field are. */
function isCommon(value: unknown, { pattern, minLength, maxLength }: CommonStrings): boolean {
  if (typeof value !== 'string') return false
  return value.length >= minLength && value.length <= maxLength && pattern.test(value)
}

/**
 * Whether no required field is absent, but for names that Object.prototype has, and those that are of
 * a format are strings of it.
 */
function hasRequired(value: Record<string, unknown>, required: readonly Slot[]): boolean {
  for (let i = 0; i < required.length; i++) {
    const { name, schema, common } = required[i]!
    const item = value[name]
    if (item === undefined) return false
    if (common === undefined || isCommon(item, common)) continue
    if (!schema.check(item, SILENT, 0)) return false
  }
  return true
}

function failMissing(
  value: Record<string, unknown>,
  required: readonly Slot[],
  validation: Validation,
): false {
  for (const { name } of required) {
    if (value[name] !== undefined && Object.hasOwn(value, name)) continue
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
