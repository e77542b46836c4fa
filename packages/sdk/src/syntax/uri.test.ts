import { expect, test } from 'vitest'
import { isUri } from './uri.ts'

test.each(['https://example.com', 'ipfs:bafyreidf', 'a:b', 'A+b-c.1:x', 'did:plc:abc', 'tel:+1'])(
  'accepts %s',
  (uri) => {
    expect(isUri(uri)).toBe(true)
  },
)

test.each([
  ['no scheme', '//example.com'],
  ['a scheme that begins with a digit', '1a:b'],
  ['a scheme with an underscore', 'a_b:c'],
  ['nothing after the scheme', 'https:'],
  ['a space', 'https://example.com/a b'],
  ['a control character', 'https://example.com/\n'],
  ['letters outside of ASCII, which a URI has escaped', 'https://example.com/ü'],
])('refuses %s', (_, uri) => {
  expect(isUri(uri)).toBe(false)
})

test('accepts 8192 characters and no more', () => {
  expect(isUri(`a:${'b'.repeat(8190)}`)).toBe(true)
  expect(isUri(`a:${'b'.repeat(8191)}`)).toBe(false)
})
