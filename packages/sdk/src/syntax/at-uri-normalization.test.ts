import { expect, test } from 'vitest'
import { normalizeAtUri } from './at-uri-normalization.ts'
import { FormatError } from './format-error.ts'

test.each([
  ['AT://jay.bsky.social', 'at://jay.bsky.social'],
  ['at://Jay.Bsky.Social', 'at://jay.bsky.social'],
  ['at://jay.bsky.social/', 'at://jay.bsky.social'],
  ['at://did:plc:AsDf/App.Bsky.feed.fooBar/', 'at://did:plc:AsDf/app.bsky.feed.fooBar'],
  ['at://did:plc:a//app.bsky.feed.post///Self//', 'at://did:plc:a/app.bsky.feed.post/Self'],
  ['at://did:plc:a/./app.bsky.feed.post/x/../self/.', 'at://did:plc:a/app.bsky.feed.post/self'],
  ['at://did:plc:a/../../app.bsky.feed.post', 'at://did:plc:a/app.bsky.feed.post'],
  ['at://%6A%61y.bsky.social/app.bsky.feed.post/%7e', 'at://jay.bsky.social/app.bsky.feed.post/~'],
  ['at://did:web:localhost%3a1234', 'at://did:web:localhost%3A1234'],
])('%s becomes %s', (uri, normalized) => {
  expect(normalizeAtUri(uri)).toBe(normalized)
  expect(normalizeAtUri(normalized)).toBe(normalized)
})

test.each([
  ['a query', 'at://jay.bsky.social/app.bsky.feed.post/self?q'],
  ['a fragment', 'at://jay.bsky.social/app.bsky.feed.post/self#/text'],
  ['an escape that no record key has', 'at://jay.bsky.social/app.bsky.feed.post/%23'],
  ['a collection that is no NSID', 'at://jay.bsky.social/post/1'],
  ['a DID in capitals', 'at://DID:plc:a'],
  ['no authority', 'at:///app.bsky.feed.post'],
  ['another scheme', 'https://jay.bsky.social'],
])('refuses %s', (_, uri) => {
  expect(() => normalizeAtUri(uri)).toThrow(FormatError)
})
