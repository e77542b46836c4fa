// What the parts of a lexicon document have to do with one another: limits that leave room for a
// value, names that are there, definitions in their place.

import type {
  LexiconBoolean,
  LexiconDefinition,
  LexiconInteger,
  LexiconObject,
  LexiconParams,
  LexiconPermission,
  LexiconString,
  LexiconUnion,
} from './lexicon-document.ts'
import { array } from './array-schema.ts'
import { boolean, oneOf } from './scalar-schema.ts'
import type { Schema } from './schema.ts'
import { string } from './string-schema.ts'
import type { Validation } from './validation.ts'
import { scalarSchema } from './value-schema.ts'

/** Whether the definitions are where they may be: the primary ones are `main`, and there is one. */
export function areInPlace(
  defs: Readonly<Record<string, LexiconDefinition>>,
  validation: Validation,
): boolean {
  const names = Object.keys(defs)
  if (names.length === 0) return validation.fail('missing', 'at least one definition')
  for (const name of names) {
    const type = defs[name]?.type ?? ''
    if (name === 'main' || !PRIMARY.has(type)) continue
    return validation.fail('misplaced', `a ${type} to be the definition main`, name)
  }
  return true
}

const PRIMARY: ReadonlySet<string> = new Set([
  'record',
  'query',
  'procedure',
  'subscription',
  'permission-set',
])

/** Whether limits of a length leave room for one. */
export function isBounded(
  { minLength = 0, maxLength = Infinity }: { minLength?: number; maxLength?: number },
  validation: Validation,
): boolean {
  return minLength <= maxLength || validation.fail('contradiction', 'minLength ≤ maxLength')
}

/** Whether there are values that meet all that is said of them, and the named values are such. */
export function isAttainable(
  schema: LexiconBoolean | LexiconInteger | LexiconString,
  validation: Validation,
): boolean {
  if (schema.const !== undefined && schema.default !== undefined) {
    return validation.fail('contradiction', 'not both a constant and a default', 'default')
  }
  if (schema.type === 'boolean') return true
  const isRoomy =
    schema.type === 'integer' ? isInRange(schema, validation) : hasLengths(schema, validation)
  return isRoomy && areValuesValid(schema, validation)
}

function isInRange(
  { minimum = -Infinity, maximum = Infinity }: LexiconInteger,
  validation: Validation,
): boolean {
  return minimum <= maximum || validation.fail('contradiction', 'minimum ≤ maximum')
}

function hasLengths(schema: LexiconString, validation: Validation): boolean {
  const { minGraphemes = 0, maxGraphemes = Infinity } = schema
  if (minGraphemes > maxGraphemes) {
    return validation.fail('contradiction', 'minGraphemes ≤ maxGraphemes')
  }
  return isBounded(schema, validation)
}

/** Whether the values that a schema names are valid by what else it says. */
function areValuesValid(schema: LexiconInteger | LexiconString, validation: Validation): boolean {
  const { const: constant, default: byDefault, enum: all, ...limits } = schema
  const withinLimits = scalarSchema(limits)
  const withinSet = all ? oneOf<string | number>(...all) : withinLimits
  const known = 'knownValues' in schema ? (schema.knownValues ?? []) : []
  const named: [key: string, value: unknown, schema: Schema<unknown>][] = [
    ...(all ?? []).map(
      (value) => ['enum', value, withinLimits] as [string, unknown, typeof withinLimits],
    ),
    ...known.map(
      (value) => ['knownValues', value, withinSet] as [string, unknown, typeof withinSet],
    ),
    ['const', constant, withinSet],
    ['default', byDefault, withinSet],
  ]
  for (const [key, value, valid] of named) {
    if (value === undefined || valid.is(value)) continue
    return validation.fail(
      'contradiction',
      `values that are valid, not ${JSON.stringify(value)}`,
      key,
    )
  }
  return true
}

/** Whether every name in `required` and `nullable` is that of a property. */
export function namesItsProperties(
  schema: LexiconObject | LexiconParams,
  validation: Validation,
): boolean {
  const lists = { required: schema.required, nullable: 'nullable' in schema ? schema.nullable : [] }
  for (const [key, names = []] of Object.entries(lists)) {
    for (const name of names) {
      if (Object.hasOwn(schema.properties ?? {}, name)) continue
      return validation.fail('missing', `a property ${JSON.stringify(name)}`, key)
    }
  }
  return true
}

/** Whether a property may have this name: those with `$` belong to the protocol. */
export function isPropertyName(name: string, validation: Validation): boolean {
  return !name.startsWith('$') || validation.fail('misplaced', 'a name without $')
}

/** Whether a union has values at all. */
export function hasMembers({ closed, refs }: LexiconUnion, validation: Validation): boolean {
  return !closed || refs.length > 0 || validation.fail('contradiction', 'a ref, or no closed union')
}

/** A query reads, and so has no input. */
export function hasNoInput(query: { input?: unknown }, validation: Validation): boolean {
  return query.input === undefined || validation.fail('misplaced', 'no input of a query', 'input')
}

const ACTIONS = array(oneOf('create', 'update', 'delete'), { minLength: 1 })
const NAMES = array(string(), { minLength: 1 })

/**
 * Whether a permission has what its resource asks for. Those of a resource that is not known may say
 * anything: whoever grants permissions ignores them (https://atproto.com/specs/permission).
 */
export function isPermission(permission: LexiconPermission, validation: Validation): boolean {
  const { resource, collection, action, lxm, aud, inheritAud } = permission
  const fields: [string, Schema<unknown>, unknown][] =
    resource === 'repo'
      ? [
          ['collection', NAMES, collection],
          ['action', ACTIONS, action ?? ['create']],
        ]
      : resource === 'rpc'
        ? [
            ['lxm', NAMES, lxm],
            ['inheritAud', boolean, inheritAud ?? false],
            ['aud', string(), inheritAud === true ? '' : aud],
          ]
        : []
  for (const [name, schema, value] of fields) {
    const known = validation.issues.length
    if (!schema.check(value, validation, 0)) {
      validation.under(name, known)
      return false
    }
    if (Array.isArray(value) && new Set(value).size < value.length) {
      return validation.fail('duplicate', 'each of them once', name)
    }
  }
  return (
    aud === undefined ||
    inheritAud !== true ||
    validation.fail('contradiction', 'not both aud and inheritAud', 'aud')
  )
}
