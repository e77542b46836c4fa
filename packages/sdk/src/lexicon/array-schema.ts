// Arrays (https://atproto.com/specs/lexicon#array).

import { Schema } from './schema.ts'
import type { Check } from './schema.ts'
import { MAX_DEPTH } from './validation.ts'

/** The limits of an array in items, both inclusive. */
export interface ArrayLimits {
  minLength?: number | undefined
  maxLength?: number | undefined
}

/** An array, all of whose items are values of one schema. */
export function array<Item>(
  items: Schema<Item>,
  { minLength = 0, maxLength = Infinity }: ArrayLimits = {},
): Schema<Item[]> {
  const check: Check = (value, validation, depth) => {
    if (!Array.isArray(value)) return validation.fail('wrong-type', 'an array')
    if (depth === MAX_DEPTH) return validation.fail('too-deep', `at most ${MAX_DEPTH} levels`)
    const { length } = value
    if (length < minLength) return validation.fail('too-short', `at least ${minLength} items`)
    if (length > maxLength) return validation.fail('too-long', `at most ${maxLength} items`)
    let isValid = true
    let known = validation.issues.length
    for (let i = 0; i < length; i++) {
      if (items.check(value[i], validation, depth + 1)) continue
      isValid = false
      validation.under(i, known)
      if (validation.stops) break
      known = validation.issues.length
    }
    return isValid
  }
  return new Schema(check, undefined, (texts) => texts.map((text) => items.fromTexts([text])))
}
