// What is a value of the data model, of all that can be handed over as one.

import { decodeBase64, isWellFormed } from '../base/index.ts'
import { isBlobRef } from './blob.ts'
import { isCidText } from './cid.ts'
import type { LexValue } from './lex-value.ts'
import { MAX_DEPTH } from './limits.ts'
import { isPlainObject } from './plain-object.ts'

/**
 * Whether a value is one of the data model (https://atproto.com/specs/data-model), as far as can be
 * told without a lexicon: integers within ±(2^53−1), well-formed text, plain objects and arrays, at
 * most 128 deep; links, bytes and blobs that are complete; a `$type`, where there is one, that is not
 * empty.
 */
export function isLexValue(value: unknown): value is LexValue {
  return isValue(value, 0)
}

function isValue(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value)
    case 'number':
      return Number.isSafeInteger(value)
    case 'boolean':
      return true
    case 'object':
      if (value === null) return true
      if (depth === MAX_DEPTH) return false
      if (Array.isArray(value)) return isArrayOfValues(value, depth + 1)
      return isPlainObject(value) && isObject(value, depth + 1)
    default:
      return false
  }
}

/** Not `every`, which passes over holes. */
function isArrayOfValues(items: readonly unknown[], depth: number): boolean {
  for (const item of items) {
    if (!isValue(item, depth)) return false
  }
  return true
}

function isObject(object: Record<string, unknown>, depth: number): boolean {
  const keys = Object.keys(object)
  for (const key of keys) {
    const value = object[key]
    switch (key) {
      case '$link':
        return keys.length === 1 && isCidText(value)
      case '$bytes':
        return keys.length === 1 && typeof value === 'string' && decodeBase64(value) !== undefined
      case '$type':
        if (typeof value !== 'string' || value === '') return false
        if (value === 'blob' && !isBlobRef(object)) return false
        break
      default:
    }
    if (!isWellFormed(key) || !isValue(value, depth)) return false
  }
  return true
}
