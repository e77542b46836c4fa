import { expect, test } from 'vitest'
import { isAtUri } from './at-uri.ts'

test('accepts a repository, a collection and a record, by DID or by handle', () => {
  expect(isAtUri('at://did:plc:asdf123')).toBe(true)
  expect(isAtUri('at://jay.bsky.social/app.bsky.feed.post')).toBe(true)
  expect(isAtUri('at://did:plc:asdf123/app.bsky.feed.post/self')).toBe(true)
})

test('refuses what lexicons do not use: queries, fragments and slashes at the end', () => {
  expect(isAtUri('at://did:plc:asdf123/app.bsky.feed.post/self?q')).toBe(false)
  expect(isAtUri('at://did:plc:asdf123/app.bsky.feed.post/self#/text')).toBe(false)
  expect(isAtUri('at://did:plc:asdf123#/text')).toBe(false)
  expect(isAtUri('at://did:plc:asdf123/app.bsky.feed.post/self/')).toBe(false)
})

test('refuses an authority with a user, a port or nothing', () => {
  expect(isAtUri('at://user:pass@foo.com')).toBe(false)
  expect(isAtUri('at://@foo.com')).toBe(false)
  expect(isAtUri('at://foo.com:3000')).toBe(false)
  expect(isAtUri('at:///app.bsky.feed.post')).toBe(false)
})

test('accepts the longest of every part', () => {
  const did = `did:plc:${'a'.repeat(2040)}`
  const nsid = `${`${'a'.repeat(50)}.`.repeat(6)}${'a'.repeat(11)}`
  expect(nsid).toHaveLength(317)
  expect(isAtUri(`at://${did}/${nsid}/${'a'.repeat(512)}`)).toBe(true)
})
