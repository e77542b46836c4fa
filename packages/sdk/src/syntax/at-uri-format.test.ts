import { expect, test } from 'vitest'
import { formatAtUri } from './at-uri-format.ts'
import { atUriParts } from './at-uri-parts.ts'
import { FormatError } from './format-error.ts'

test.each([
  ['at://did:plc:asdf123', { repo: 'did:plc:asdf123' }],
  [
    'at://jay.bsky.social/app.bsky.feed.post',
    { repo: 'jay.bsky.social', collection: 'app.bsky.feed.post' },
  ],
  [
    'at://did:plc:asdf123/app.bsky.feed.post/self',
    { repo: 'did:plc:asdf123', collection: 'app.bsky.feed.post', rkey: 'self' },
  ],
] as const)('%s and its parts are made from each other', (uri, parts) => {
  expect(atUriParts(uri)).toStrictEqual(parts)
  expect(formatAtUri(parts)).toBe(uri)
})

test('a part that would change the address is refused', () => {
  const parts = { repo: 'jay.bsky.social', collection: 'app.bsky.feed.post' } as const
  expect(() => formatAtUri({ ...parts, rkey: '../app.bsky.feed.like' })).toThrow(FormatError)
  expect(() => formatAtUri({ ...parts, rkey: '' })).toThrow(FormatError)
})
