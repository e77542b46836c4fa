import { expect, test } from 'vitest'
import { isTid, parseTid } from './tid.ts'

test('accepts the smallest and the largest of 64 bits', () => {
  expect(isTid('2222222222222')).toBe(true)
  expect(isTid('jzzzzzzzzzzzz')).toBe(true)
  expect(isTid('k222222222222')).toBe(false)
})

test('refuses the old form with hyphens', () => {
  expect(isTid('3jzf-cij-pj2z-2a')).toBe(false)
  expect(isTid('3jzf-cijpj2z2')).toBe(false)
})

test('parses to itself', () => {
  expect(parseTid('3jzfcijpj2z2a')).toBe('3jzfcijpj2z2a')
})
