import { expect, test } from 'vitest'
import { isRecordKey } from './record-key.ts'

test('accepts 1 to 512 characters', () => {
  expect(isRecordKey('')).toBe(false)
  expect(isRecordKey('_')).toBe(true)
  expect(isRecordKey('a'.repeat(512))).toBe(true)
  expect(isRecordKey('a'.repeat(513))).toBe(false)
})

test('refuses the two names that a path resolves, and no other of dots', () => {
  expect(isRecordKey('.')).toBe(false)
  expect(isRecordKey('..')).toBe(false)
  expect(isRecordKey('...')).toBe(true)
})

test('is case-sensitive text of A-Z a-z 0-9 . _ : ~ - and nothing else of ASCII', () => {
  const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
  const allowed = characters.filter((character) => isRecordKey(`a${character}`)).join('')
  expect(allowed).toBe('-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~')
})
