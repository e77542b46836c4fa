import { expect, test } from 'vitest'
import { formats } from '../../test/syntax/formats.ts'
import { FormatError, isAtUri, isDatetime, normalizeAtUri, normalizeDatetime } from './index.ts'

const MEGABYTE = 2 ** 20

const starts = [
  { ...formats.atidentifier, start: 'did:plc:' },
  { ...formats.atidentifier, start: 'jay.bsky.' },
  { ...formats.aturi, start: 'at://did:plc:a/app.bsky.feed.post/' },
  { is: isAtUri, parse: normalizeAtUri, start: 'at://did:plc:a' },
  { ...formats.cid, start: 'bafyrei' },
  { ...formats.datetime, start: '1985-04-12T23:20:50.' },
  { is: isDatetime, parse: normalizeDatetime, start: '1985-04-12T23:20:50.' },
  { ...formats.did, start: 'did:plc:' },
  { ...formats.handle, start: 'jay.bsky.' },
  { ...formats.language, start: 'en-' },
  { ...formats.nsid, start: 'app.bsky.' },
  { ...formats.recordkey, start: 'self' },
  { ...formats.tid, start: '3jzfcijpj2z2a' },
  { ...formats.uri, start: 'https://' },
]

const repeated = [
  'a',
  '0',
  '-',
  '.',
  ':',
  '%',
  '/',
  '#',
  '?',
  '_',
  'a.',
  'a-',
  '-a',
  'a:',
  '%41',
  '../',
  ' ',
  '\0',
  '\u{1F431}',
]

// The length decides before anything looks at the characters: no input takes longer than a short one.
test.each(starts)(
  '$parse.name refuses a megabyte of anything by its length',
  ({ is, parse, start }) => {
    for (const text of repeated) {
      const filler = text.repeat(MEGABYTE / text.length)
      for (const value of [filler, start + filler, `${start + filler}!`]) {
        expect(is(value)).toBe(false)
        expect(refusalOf(() => parse(value))).toMatch(/^(too-long|wrong-length)$/)
      }
    }
  },
)

function refusalOf(parse: () => unknown): string {
  try {
    return `gave ${String(parse())}`
  } catch (error) {
    return error instanceof FormatError ? error.code : `threw ${String(error)}`
  }
}
