import { assert, anything, property } from 'fast-check'
import { expect, test } from 'vitest'
import { CBOR_CID, lexValues, RAW_CID } from '../../test/data/values.ts'
import { encodeCbor } from './cbor-encode.ts'
import { DataError } from './data-error.ts'
import { isLexValue } from './lex-value-guard.ts'

const BLOB = { $type: 'blob', ref: { $link: RAW_CID }, mimeType: 'image/jpeg', size: 1 }
const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

test.each([
  ['null', null],
  ['a text', 'abc'],
  ['an integer', -1],
  ['lists and objects', [{ a: [], b: {} }]],
  ['an object without a prototype', Object.create(null)],
  ['a link', { $link: CBOR_CID }],
  ['bytes', { $bytes: 'AQID' }],
  ['bytes with padding', { $bytes: 'AQ==' }],
  ['a blob', { blob: BLOB }],
  ['a $type', { $type: 'com.example.a' }],
  ['an unknown $ key', { $new: 1 }],
  ['lists 128 deep', nested(128)],
])('%s is a value', (_title, value) => {
  expect(isLexValue(value)).toBe(true)
})

test.each([
  ['undefined', undefined],
  ['a key with undefined', { a: undefined }],
  ['a hole', [1, , 2]], // oxlint-disable-line no-sparse-arrays
  ['a float', 1.5],
  ['2^53', 2 ** 53],
  ['NaN', Number.NaN],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a date', new Date()],
  ['a byte array', new Uint8Array()],
  ['a lone surrogate', '\ud800'],
  ['a lone surrogate in a key', { '\ud800': 1 }],
  ['a link to nothing', { $link: '.' }],
  ['a link with another key', { $link: CBOR_CID, a: 1 }],
  ['another key with a link', { a: 1, $link: CBOR_CID }],
  ['bytes that are not base64', { $bytes: '?' }],
  ['bytes with another key', { $bytes: 'AQID', a: 1 }],
  ['an empty $type', { $type: '' }],
  ['a $type that is no text', { $type: 1 }],
  ['a blob without its link', { ...BLOB, ref: undefined }],
  ['a blob of size zero', [{ ...BLOB, size: 0 }]],
  ['lists 129 deep', nested(129)],
])('%s is none', (_title, value) => {
  expect(isLexValue(value)).toBe(false)
})

test('every value of the data model is one, and can be encoded', () => {
  assert(
    property(lexValues(), (value) => {
      expect(isLexValue(value)).toBe(true)
      expect(encodeCbor(value)).toBeInstanceOf(Uint8Array)
    }),
  )
})

function canBeEncoded(value: unknown): boolean {
  try {
    encodeCbor(value)
    return true
  } catch (error) {
    if (error instanceof DataError) return false
    throw error
  }
}

test('what cannot be encoded is no value, and gives no other error than a DataError', () => {
  assert(
    property(anything(), (value) => {
      expect(isLexValue(value) && !canBeEncoded(value)).toBe(false)
    }),
  )
})
