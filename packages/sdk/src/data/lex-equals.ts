// When two values of the data model are the same.

import { DataError } from './data-error.ts'
import type { LexValue } from './lex-value.ts'
import { MAX_DEPTH } from './limits.ts'

/**
 * Whether two values are the same in the data model, which is: whether they have the same DAG-CBOR.
 * The order of keys does not matter, nor the padding of `$bytes`.
 *
 * @throws {DataError} `too-deep`: over 128, which no value of the data model is.
 */
export function lexEquals(a: LexValue, b: LexValue): boolean {
  return equals(a, b, 0)
}

function equals(a: LexValue, b: LexValue, depth: number): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (depth === MAX_DEPTH) {
    throw new DataError(`Values are nested over ${MAX_DEPTH} deep`, { code: 'too-deep' })
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && arraysEqual(a, b, depth + 1)
  }
  return objectsEqual(a, b, depth + 1)
}

function arraysEqual(a: readonly LexValue[], b: readonly LexValue[], depth: number): boolean {
  return a.length === b.length && a.every((item, i) => equals(item, b[i]!, depth))
}

function objectsEqual(
  a: { [key: string]: LexValue },
  b: { [key: string]: LexValue },
  depth: number,
): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  if (keys.length === 1 && typeof a['$bytes'] === 'string' && typeof b['$bytes'] === 'string') {
    return withoutPadding(a['$bytes']) === withoutPadding(b['$bytes'])
  }
  return keys.every((key) => Object.hasOwn(b, key) && equals(a[key]!, b[key]!, depth))
}

function withoutPadding(base64: string): string {
  return base64.endsWith('=') ? base64.slice(0, base64.indexOf('=')) : base64
}
