import { expect, test } from 'vitest'
import {
  FormatError,
  isAtIdentifier,
  isAtUri,
  isCidString,
  isDatetime,
  isDid,
  isHandle,
  isLanguage,
  isNsid,
  isRecordKey,
  isTid,
  isUri,
  normalizeAtUri,
  normalizeDatetime,
  parseAtIdentifier,
  parseAtUri,
  parseCidString,
  parseDatetime,
  parseDid,
  parseHandle,
  parseLanguage,
  parseNsid,
  parseRecordKey,
  parseTid,
  parseUri,
} from './index.ts'

const MEGABYTE = 2 ** 20

const formats = [
  { is: isAtIdentifier, parse: parseAtIdentifier, start: 'did:plc:' },
  { is: isAtIdentifier, parse: parseAtIdentifier, start: 'jay.bsky.' },
  { is: isAtUri, parse: parseAtUri, start: 'at://did:plc:a/app.bsky.feed.post/' },
  { is: isAtUri, parse: normalizeAtUri, start: 'at://did:plc:a' },
  { is: isCidString, parse: parseCidString, start: 'bafyrei' },
  { is: isDatetime, parse: parseDatetime, start: '1985-04-12T23:20:50.' },
  { is: isDatetime, parse: normalizeDatetime, start: '1985-04-12T23:20:50.' },
  { is: isDid, parse: parseDid, start: 'did:plc:' },
  { is: isHandle, parse: parseHandle, start: 'jay.bsky.' },
  { is: isLanguage, parse: parseLanguage, start: 'en-' },
  { is: isNsid, parse: parseNsid, start: 'app.bsky.' },
  { is: isRecordKey, parse: parseRecordKey, start: 'self' },
  { is: isTid, parse: parseTid, start: '3jzfcijpj2z2a' },
  { is: isUri, parse: parseUri, start: 'https://' },
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
test.each(formats)(
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
