import { expect, test } from 'vitest'
import { isNsid } from './nsid.ts'

test('accepts segments of 63 characters, 317 in all, and no more', () => {
  const label = 'a'.repeat(63)
  const longest = [label, label, label, 'a'.repeat(61), label].join('.')
  expect(longest).toHaveLength(317)
  expect(isNsid(longest)).toBe(true)
  expect(isNsid(`a${longest.slice(0, 252)}.${longest.slice(252)}`)).toBe(false)
  expect(isNsid(`com.example.a${label}`)).toBe(false)
})

test('allows digits first and hyphens inside in the domain, and not in the name', () => {
  expect(isNsid('org.4chan.lex.getThing')).toBe(true)
  expect(isNsid('a-0.b-1.c')).toBe(true)
  expect(isNsid('a0.b1.c-o')).toBe(false)
  expect(isNsid('a0.b1.3')).toBe(false)
})

test('refuses what stands for many NSIDs or for a part of a document', () => {
  expect(isNsid('app.bsky.*')).toBe(false)
  expect(isNsid('app.bsky.feed.post#main')).toBe(false)
})
