import { expect, test } from 'vitest'
import { isHandle, normalizeHandle, parseHandle } from './handle.ts'

test('accepts top-level domains that never resolve', () => {
  expect(isHandle('handle.invalid')).toBe(true)
  expect(isHandle('laptop.local')).toBe(true)
})

test('accepts labels of 63 characters, 253 in all, and no more', () => {
  const label = 'a'.repeat(63)
  const longest = `${label}.${label}.${label}.${'a'.repeat(61)}`
  expect(longest).toHaveLength(253)
  expect(isHandle(longest)).toBe(true)
  expect(isHandle(`${longest}a`)).toBe(false)
  expect(isHandle(`a${label}.test`)).toBe(false)
})

test('refuses letters that only look like ASCII, or become it in lower case', () => {
  // The Kelvin sign and the long s: case folding gives k and s.
  expect(isHandle('\u212Aelvin.test')).toBe(false)
  expect(isHandle('long\u017F.test')).toBe(false)
})

test('keeps the case it was written in, and is normalized to lower case', () => {
  expect(parseHandle('Jay.Bsky.Social')).toBe('Jay.Bsky.Social')
  expect(normalizeHandle('Jay.Bsky.Social')).toBe('jay.bsky.social')
})
