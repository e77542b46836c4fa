import { expect, test } from 'vitest'
import * as base from '../base/index.ts'
import { CryptoError, sha256 } from './index.ts'

test('an error is an AtprotoError with a name and a code', () => {
  const error = new CryptoError('why', { code: 'invalid-point' })
  expect(error).toBeInstanceOf(base.AtprotoError)
  expect(error).toMatchObject({ name: 'CryptoError', code: 'invalid-point', message: 'why' })
})

test('sha256 is that of the whole SDK', () => {
  expect(sha256).toBe(base.sha256)
})
