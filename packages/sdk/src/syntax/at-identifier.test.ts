import { expect, test } from 'vitest'
import { isAtIdentifier, parseAtIdentifier } from './at-identifier.ts'

test('is a DID or a handle', () => {
  expect(isAtIdentifier('did:plc:asdf123')).toBe(true)
  expect(isAtIdentifier('jay.bsky.social')).toBe(true)
  expect(isAtIdentifier('did.example.com')).toBe(true)
  expect(isAtIdentifier('@jay.bsky.social')).toBe(false)
  expect(isAtIdentifier('at://jay.bsky.social')).toBe(false)
})

test('is refused for the reason of the one it looks like', () => {
  expect(() => parseAtIdentifier('did:plc:a:')).toThrow('invalid at-identifier, bad ending')
  expect(() => parseAtIdentifier('jay..social')).toThrow('invalid at-identifier, empty segment')
})
