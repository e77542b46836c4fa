import { expect, test } from 'vitest'
import { isDid } from './did.ts'

test('accepts a method that nobody resolves', () => {
  expect(isDid('did:example:123')).toBe(true)
  expect(isDid('did:m:v')).toBe(true)
})

test('accepts 2048 characters and no more', () => {
  expect(isDid(`did:plc:${'a'.repeat(2040)}`)).toBe(true)
  expect(isDid(`did:plc:${'a'.repeat(2041)}`)).toBe(false)
})

test('refuses a path, a query and a fragment', () => {
  expect(isDid('did:plc:a/b')).toBe(false)
  expect(isDid('did:plc:a?b')).toBe(false)
  expect(isDid('did:plc:a#b')).toBe(false)
})

test('leaves escapes to resolution, except that none is cut off at the end', () => {
  expect(isDid('did:web:localhost%3A1234')).toBe(true)
  expect(isDid('did:web:a%zz')).toBe(true)
  expect(isDid('did:web:a%')).toBe(false)
})

test('refuses a line break after a valid DID', () => {
  expect(isDid('did:plc:a\n')).toBe(false)
})
