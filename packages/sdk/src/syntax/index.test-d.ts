import { expectTypeOf, test } from 'vitest'
import {
  atUriParts,
  formatAtUri,
  isDid,
  isHandle,
  nextTid,
  parseAtIdentifier,
  parseAtUri,
} from './index.ts'
import type {
  AtIdentifier,
  AtUri,
  CidString,
  Datetime,
  Did,
  Handle,
  Language,
  Nsid,
  RecordKey,
  Tid,
  Uri,
} from './index.ts'

test('a literal of a format needs no cast', () => {
  expectTypeOf<'did:plc:asdf123'>().toExtend<Did>()
  expectTypeOf<'jay.bsky.social'>().toExtend<Handle>()
  expectTypeOf<'did:plc:asdf123' | 'jay.bsky.social'>().toExtend<AtIdentifier>()
  expectTypeOf<'app.bsky.feed.post'>().toExtend<Nsid>()
  expectTypeOf<'at://did:plc:asdf123/app.bsky.feed.post/self'>().toExtend<AtUri>()
  expectTypeOf<'1985-04-12T23:20:50.123Z'>().toExtend<Datetime>()
  expectTypeOf<'https://example.com'>().toExtend<Uri>()
})

test('a literal of another shape is an error', () => {
  expectTypeOf<'plc:asdf123'>().not.toExtend<Did>()
  expectTypeOf<'jay'>().not.toExtend<Handle>()
  expectTypeOf<'jay'>().not.toExtend<AtIdentifier>()
  expectTypeOf<'app.bsky'>().not.toExtend<Nsid>()
  expectTypeOf<'https://example.com'>().not.toExtend<AtUri>()
  expectTypeOf<'1985-04-12'>().not.toExtend<Datetime>()
  expectTypeOf<'example.com'>().not.toExtend<Uri>()
  expectTypeOf<string>().not.toExtend<Did>()
})

test('formats without a shape of their own are strings', () => {
  expectTypeOf<RecordKey>().toEqualTypeOf<string>()
  expectTypeOf<Tid>().toEqualTypeOf<string>()
  expectTypeOf<Language>().toEqualTypeOf<string>()
  expectTypeOf<CidString>().toEqualTypeOf<string>()
})

test('template strings of the parts are of the format', () => {
  const did = 'did:plc:asdf123' as Did
  const uri = `at://${did}/app.bsky.feed.post/${nextTid()}` as const
  expectTypeOf(uri).toExtend<AtUri>()
})

test('a guard narrows and a parser returns the type', () => {
  const value: unknown = 'did:plc:asdf123'
  if (isDid(value)) expectTypeOf(value).toEqualTypeOf<Did>()
  const identifier = parseAtIdentifier(value)
  if (isHandle(identifier)) expectTypeOf(identifier).toExtend<Handle>()
  expectTypeOf(parseAtUri(value)).toEqualTypeOf<AtUri>()
})

test('an AT URI has a record key only with a collection', () => {
  const parts = atUriParts('at://did:plc:asdf123')
  expectTypeOf(parts.repo).toEqualTypeOf<AtIdentifier>()
  if (parts.rkey !== undefined) expectTypeOf(parts.collection).toEqualTypeOf<Nsid>()
  // @ts-expect-error: a record key without a collection
  formatAtUri({ repo: 'jay.bsky.social', rkey: 'self' })
})
