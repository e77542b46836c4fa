// Unions (https://atproto.com/specs/lexicon#union).

import { isObject, Schema } from './schema.ts'

/** How a union takes what it does not name. */
export interface UnionOptions {
  /** Whether it refuses it. */
  closed?: boolean | undefined
}

/**
 * A value of one of several schemas, which have types, told apart by `$type`; of any other `$type`
 * too unless it is closed, and then nothing else is said of it.
 */
export function union<Value>(
  members: readonly Schema<unknown>[],
  { closed = false }: UnionOptions = {},
): Schema<Value> {
  const byType = new Map(members.map((member) => [member.type, member]))
  return new Schema((value, validation, depth) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    const type = value['$type']
    if (typeof type !== 'string' || !type) return validation.fail('missing', 'a type', '$type')
    const member = byType.get(type)
    if (member) return member.check(value, validation, depth)
    return closed || validation.strict
      ? validation.fail('unknown-member', [...byType.keys()].join(' or '), '$type')
      : true
  })
}
