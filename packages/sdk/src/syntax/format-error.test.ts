import { describe, expect, test } from 'vitest'
import { AtprotoError } from '../base/index.ts'
import { parseAtUri } from './at-uri.ts'
import { parseCidString } from './cid-string.ts'
import { parseDatetime } from './datetime.ts'
import { parseDid } from './did.ts'
import { FormatError } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'
import { parseHandle } from './handle.ts'
import { parseLanguage } from './language.ts'
import { parseNsid } from './nsid.ts'
import { parseRecordKey } from './record-key.ts'
import { parseTid } from './tid.ts'
import { parseUri } from './uri.ts'

type Refusal = [parse: (value: unknown) => unknown, value: unknown]

const refusals: Record<FormatErrorCode, Refusal[]> = {
  'bad-authority': [
    [parseAtUri, 'at://'],
    [parseAtUri, 'at://name'],
    [parseAtUri, 'at://did:plc:/app.bsky.feed.post'],
    [parseAtUri, 'at://jay.bsky.social?q'],
  ],
  'bad-character': [
    [parseDid, 'did:plc:a b'],
    [parseHandle, 'jay_.bsky.social'],
    [parseNsid, 'app.bsky.feed.*'],
    [parseNsid, 'app.bsky.feed-post'],
    [parseRecordKey, 'a/b'],
    [parseTid, '3jzfcijpj2z2A'],
    [parseUri, 'https://example.com/ '],
    [parseUri, 'https://bücher.example'],
    [parseCidString, 'bafy.reidfayvfuwqa'],
  ],
  'bad-collection': [
    [parseAtUri, 'at://jay.bsky.social/'],
    [parseAtUri, 'at://jay.bsky.social/post/1'],
  ],
  'bad-ending': [
    [parseDid, 'did:plc:a:'],
    [parseDid, 'did:plc:a%'],
  ],
  'bad-prefix': [
    [parseDid, 'DID:plc:a'],
    [parseAtUri, 'https://jay.bsky.social'],
    [parseUri, 'example.com'],
    [parseCidString, 'QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR'],
  ],
  'bad-record-key': [
    [parseAtUri, 'at://jay.bsky.social/app.bsky.feed.post/'],
    [parseAtUri, 'at://jay.bsky.social/app.bsky.feed.post/..'],
    [parseAtUri, 'at://jay.bsky.social/app.bsky.feed.post/1/2'],
    [parseAtUri, 'at://jay.bsky.social/app.bsky.feed.post/1#/text'],
  ],
  'bad-shape': [
    [parseDid, 'did:plc:'],
    [parseDid, 'did:PLC:a'],
    [parseDatetime, '1985-04-12'],
    [parseDatetime, '1985-04-12T23:20:50-00:00'],
    [parseLanguage, ''],
    [parseLanguage, 'JA'],
    [parseUri, 'https:'],
  ],
  'digit-at-start': [
    [parseHandle, 'jay.0'],
    [parseNsid, '4chan.org.post'],
    [parseNsid, 'org.chan.4post'],
  ],
  'empty-segment': [
    [parseHandle, 'jay..social'],
    [parseHandle, '.jay.social'],
    [parseNsid, 'app.bsky.'],
  ],
  'hyphen-at-edge': [
    [parseHandle, '-jay.bsky.social'],
    [parseHandle, 'jay-.bsky.social'],
    [parseNsid, 'app.-bsky.post'],
  ],
  'long-segment': [
    [parseHandle, `${'a'.repeat(64)}.social`],
    [parseNsid, `app.bsky.${'a'.repeat(64)}`],
  ],
  'not-a-string': [
    [parseDid, undefined],
    [parseTid, 7],
    [parseHandle, new String('jay.bsky.social')],
  ],
  'out-of-range': [
    [parseDatetime, '1985-13-12T23:20:50Z'],
    [parseTid, 'kjzfcijpj2z2a'],
  ],
  'repeated-subtag': [[parseLanguage, 'de-1901-1901']],
  reserved: [
    [parseRecordKey, '.'],
    [parseRecordKey, '..'],
  ],
  'too-few-segments': [
    [parseHandle, 'social'],
    [parseHandle, ''],
    [parseNsid, 'app.bsky'],
  ],
  'too-long': [[parseDid, `did:plc:${'a'.repeat(2041)}`]],
  'wrong-length': [
    [parseTid, ''],
    [parseRecordKey, ''],
    [parseCidString, 'bafyrei'],
  ],
}

function errorOf([parse, value]: Refusal): unknown {
  try {
    return parse(value)
  } catch (error) {
    return error
  }
}

describe.each(Object.entries(refusals))('%s', (code, refused) => {
  test.each(refused.map(([parse, value]) => ({ parse, value })))(
    'is why $parse.name refuses $value',
    ({ parse, value }) => {
      const error = errorOf([parse, value])
      expect(error).toBeInstanceOf(FormatError)
      expect(error).toBeInstanceOf(AtprotoError)
      expect(error).toMatchObject({ name: 'FormatError', code })
    },
  )
})

test('an error names the format, the reason and the value', () => {
  expect(errorOf([parseDid, 'did:plc:a b'])).toMatchObject({
    message: 'invalid did, bad character: "did:plc:a b"',
    format: 'did',
    value: 'did:plc:a b',
  })
})

test('an error repeats no more than 64 characters of the value, and none of an object', () => {
  expect(errorOf([parseHandle, 'a'.repeat(65)])).toMatchObject({ value: `${'a'.repeat(64)}…` })
  expect(errorOf([parseHandle, { secret: 1 }])).toMatchObject({ value: 'object' })
})
