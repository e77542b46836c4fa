// Whether what a schema allows has become less or more.

import type {
  LexiconBoolean,
  LexiconInteger,
  LexiconSchema,
  LexiconString,
} from 'atproto.ts/lexicon'
import type { Rule } from './finding.ts'

/** A rule that is broken, where in the schema, and how. */
export interface Change {
  /** A key of the schema. */
  key: string
  rule: Rule
  message: string
}

/** How the limits of a schema have moved: those of numbers, of lengths and of sizes. */
export function limitChanges(before: LexiconSchema, after: LexiconSchema): Change[] {
  return LIMIT_KEYS.flatMap((key): Change[] => {
    const [old, now] = [limitOf(before, key), limitOf(after, key)]
    if (old === now) return []
    const rule = now < old === LIMITS[key].isUpper ? 'limit-narrowed' : 'limit-widened'
    return [{ key, rule, message: `it was ${formatLimit(old)} and is ${formatLimit(now)}` }]
  })
}

/** Which values have come to those that `const` or `enum` allow, and which have gone. */
export function valueChanges(before: ValueSchema, after: ValueSchema): Change[] {
  const [old, now] = [allowedValues(before), allowedValues(after)]
  if (!old && !now) return []
  // Where the values stand that are allowed now, or were.
  const key = (now ? after : before).const === undefined ? 'enum' : 'const'
  if (!old) return [{ key, rule: 'values-narrowed', message: 'any value was allowed' }]
  if (!now) return [{ key, rule: 'values-widened', message: 'any value is allowed' }]
  const gone = [...old].filter((value) => !now.has(value))
  const come = [...now].filter((value) => !old.has(value))
  return [
    ...listed(gone, { key, rule: 'values-narrowed', message: 'no longer allowed' }),
    ...listed(come, { key, rule: 'values-widened', message: 'not allowed before' }),
  ]
}

/** Which MIME types an `accept` has come to take, and which it takes no longer. */
export function mimeTypeChanges(
  before: readonly string[] = ANY_MIME_TYPE,
  after: readonly string[] = ANY_MIME_TYPE,
): Change[] {
  const gone = before.filter((type) => !accepts(after, type))
  const come = after.filter((type) => !accepts(before, type))
  const key = 'accept'
  return [
    ...listed(gone, { key, rule: 'mime-types-narrowed', message: 'no longer accepted' }),
    ...listed(come, { key, rule: 'mime-types-widened', message: 'not accepted before' }),
  ]
}

/** What may be confined to certain values. */
export type ValueSchema = LexiconBoolean | LexiconInteger | LexiconString

// A length is at least 0 in any case, so that a limit of 0 is none.
const LIMITS = {
  minimum: { unlimited: -Infinity, isUpper: false },
  maximum: { unlimited: Infinity, isUpper: true },
  minLength: { unlimited: 0, isUpper: false },
  maxLength: { unlimited: Infinity, isUpper: true },
  minGraphemes: { unlimited: 0, isUpper: false },
  maxGraphemes: { unlimited: Infinity, isUpper: true },
  maxSize: { unlimited: Infinity, isUpper: true },
}

type LimitKey = keyof typeof LIMITS

const LIMIT_KEYS = Object.keys(LIMITS) as LimitKey[]

const ANY_MIME_TYPE = ['*/*']

function limitOf(schema: LexiconSchema, key: LimitKey): number {
  return (schema as Partial<Record<LimitKey, number>>)[key] ?? LIMITS[key].unlimited
}

function formatLimit(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : 'not set'
}

function allowedValues(schema: ValueSchema): Set<boolean | number | string> | undefined {
  if (schema.const !== undefined) return new Set([schema.const])
  return 'enum' in schema && schema.enum ? new Set<number | string>(schema.enum) : undefined
}

/** Whether every type that `type` stands for is among those that the patterns take. */
function accepts(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*/*' ||
      pattern === type ||
      (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))),
  )
}

/** A change of the values in a list, with their names; none of none. */
function listed(values: readonly (boolean | number | string)[], change: Change): Change[] {
  if (values.length === 0) return []
  const names = values.map((value) => JSON.stringify(value)).join(', ')
  return [{ ...change, message: `${names}: ${change.message}` }]
}
