import { expect, test } from 'vitest'
import { dataErrorOf } from '../../test/data/thrown.ts'
import { fromLexBytes, toLexBytes } from './lex-bytes.ts'

test('bytes have a plain form without padding, and are read with and without', () => {
  const bytes = Uint8Array.of(0xff)
  expect(toLexBytes(bytes)).toEqual({ $bytes: '/w' })
  expect(fromLexBytes({ $bytes: '/w' })).toEqual(bytes)
  expect(fromLexBytes({ $bytes: '/w==' })).toEqual(bytes)
})

test('refuses what is not base64', () => {
  expect(dataErrorOf(() => fromLexBytes({ $bytes: '_w' })).code).toBe('invalid-base64')
})
