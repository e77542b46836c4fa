// Booleans, integers, and values out of a fixed list.

import { Schema } from './schema.ts'
import type { FromTexts } from './schema.ts'

/** The limits of an integer, both inclusive. */
export interface IntegerLimits {
  minimum?: number | undefined
  maximum?: number | undefined
}

/** True or false. */
export const boolean: Schema<boolean> = /* @__PURE__ */ new Schema(
  (value, validation) => typeof value === 'boolean' || validation.fail('wrong-type', 'a boolean'),
  undefined,
  fromList([true, false]),
)

const ANY_INTEGER: Schema<number> = /* @__PURE__ */ new Schema(
  (value, validation) =>
    Number.isSafeInteger(value) || validation.fail('wrong-type', 'an integer within ±(2^53−1)'),
  undefined,
  integerFromTexts,
)

/** An integer that a number holds exactly. */
export function integer(limits?: IntegerLimits): Schema<number> {
  if (!limits) return ANY_INTEGER
  const { minimum = -Infinity, maximum = Infinity } = limits
  return new Schema(
    (value, validation, depth) => {
      if (!ANY_INTEGER.check(value, validation, depth)) return false
      if ((value as number) < minimum) return validation.fail('too-small', `at least ${minimum}`)
      if ((value as number) > maximum) return validation.fail('too-large', `at most ${maximum}`)
      return true
    },
    undefined,
    integerFromTexts,
  )
}

/** One of the given values: of a closed set, or a constant. */
export function oneOf<const Value extends string | number | boolean>(
  ...values: readonly Value[]
): Schema<Value> {
  return new Schema(
    (value, validation) =>
      values.includes(value as Value) ||
      validation.fail('wrong-value', values.map((one) => JSON.stringify(one)).join(' or ')),
    undefined,
    fromList(values),
  )
}

function integerFromTexts(texts: readonly string[]): unknown {
  const [text = ''] = texts
  return texts.length === 1 && /^-?\d+$/.test(text) ? Number(text) : texts
}

function fromList(values: readonly unknown[]): FromTexts {
  return (texts) => {
    const found = values.find((value) => String(value) === texts[0])
    return texts.length === 1 && found !== undefined ? found : texts
  }
}
