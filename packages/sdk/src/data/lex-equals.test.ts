import { assert, property } from 'fast-check'
import { expect, test } from 'vitest'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { lexValues } from '../../test/data/values.ts'
import { encodeCbor } from './cbor-encode.ts'
import { lexEquals } from './lex-equals.ts'
import type { LexValue } from './lex-value.ts'

test('two values are equal exactly if they have the same DAG-CBOR', () => {
  const check = (a: LexValue, b: LexValue): void => {
    const same = Buffer.compare(encodeCbor(a), encodeCbor(b)) === 0
    expect(lexEquals(a, b)).toBe(same)
    expect(lexEquals(b, a)).toBe(same)
  }
  assert(property(lexValues(), lexValues(), check))
  assert(property(lexValues(), (value) => check(value, structuredClone(value))))
  const values: LexValue[] = [
    null,
    0,
    '',
    false,
    [],
    {},
    [null],
    { a: 1 },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    { a: 1, c: 2 },
    [1, 2],
    [2, 1],
    [1],
    { toString: 1 },
    { $bytes: 'AQ' },
    { $bytes: 'AQ==' },
    { $bytes: 'AQI=' },
  ]
  for (const a of values) for (const b of values) check(a, b)
})

test('refuses to look further than values may be nested', () => {
  const deep = (): LexValue => JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as LexValue
  expect(dataErrorOf(() => lexEquals(deep(), deep())).code).toBe('too-deep')
})
