// What the description of the lexicon language is made of besides the schemas of values.

import { isObject, Schema } from './schema.ts'
import type { Check } from './schema.ts'
import { MAX_DEPTH } from './validation.ts'
import type { Validation } from './validation.ts'

/** An object with any names, whose values are of one schema. */
export function mapOf(
  values: Schema<unknown>,
  checkName: (name: string, validation: Validation) => boolean = () => true,
): Schema<unknown> {
  return new Schema((value, validation, depth) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    if (depth === MAX_DEPTH) return validation.fail('too-deep', `at most ${MAX_DEPTH} levels`)
    let isValid = true
    let known = validation.issues.length
    for (const name of Object.keys(value)) {
      if (checkName(name, validation) && values.check(value[name], validation, depth + 1)) continue
      isValid = false
      validation.under(name, known)
      if (validation.stops) break
      known = validation.issues.length
    }
    return isValid
  })
}

/** An object that says in its field `type` what it is. */
export function byType(types: Readonly<Record<string, Schema<unknown>>>): Schema<unknown> {
  const schemas = new Map(Object.entries(types))
  return new Schema((value, validation, depth) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    const schema = schemas.get(String(value['type']))
    if (schema) return schema.check(value, validation, depth)
    return validation.fail(
      'misplaced',
      `one of the types ${[...schemas.keys()].join(', ')}`,
      'type',
    )
  })
}

/** What a schema accepts, where there is nothing more to object to. */
export function refine<Value>(
  schema: Schema<unknown>,
  isGood: (value: Value, validation: Validation) => boolean,
): Schema<Value> {
  const check: Check = (value, validation, depth) =>
    schema.check(value, validation, depth) && isGood(value as Value, validation)
  return new Schema(check)
}

/** A string of which a function says whether it is one of those expected. */
export function textThat(is: (text: string) => boolean, expected: string): Schema<string> {
  return new Schema((value, validation) => {
    if (typeof value !== 'string') return validation.fail('wrong-type', 'a string')
    return is(value) || validation.fail('invalid-format', expected)
  })
}
