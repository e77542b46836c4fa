// Every format on generated strings: against the expressions that the specifications print, where
// they print one, and against what must hold for any of them.

import {
  anything,
  assert,
  constantFrom,
  date,
  integer,
  oneof,
  property,
  string,
  stringMatching,
  tuple,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atUriParts,
  datetimeToDate,
  FormatError,
  formatAtUri,
  formatDatetime,
  isAtUri,
  isDid,
  isHandle,
  isLanguage,
  isNsid,
  isRecordKey,
  isTid,
  normalizeAtUri,
  normalizeDatetime,
} from './index.ts'
import { formats } from '../../test/syntax/formats.ts'

// As printed: they may backtrack, which is why they are only here.
const SPECIFIED = {
  did: new RegExp('^did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]$'),
  handle: new RegExp(
    '^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$',
  ),
  nsid: new RegExp(
    '^[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+(\\.[a-zA-Z]([a-zA-Z0-9]{0,62})?)$',
  ),
  recordKey: new RegExp('^[a-zA-Z0-9_~.:-]{1,512}$'),
  tid: new RegExp('^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$'),
}

/** Strings that match, and the same with one character put in, taken out or replaced. */
function near(pattern: RegExp): Arbitrary<string> {
  const matching = stringMatching(pattern)
  const character = constantFrom(...'aZ09.-:_%~/#@+ \né'.split(''), '')
  const spoiled = tuple(
    matching,
    character,
    integer({ min: 0, max: 80 }),
    integer({ max: 1, min: 0 }),
  )
  return oneof(
    matching,
    spoiled.map(([text, put, at, taken]) => text.slice(0, at) + put + text.slice(at + taken)),
  )
}

describe('accepts what the expression of the specification does, within its length', () => {
  test.each([
    { name: 'did', is: isDid, pattern: SPECIFIED.did, maxLength: 2048 },
    { name: 'handle', is: isHandle, pattern: SPECIFIED.handle, maxLength: 253 },
    { name: 'nsid', is: isNsid, pattern: SPECIFIED.nsid, maxLength: 317 },
    { name: 'record key', is: isRecordKey, pattern: SPECIFIED.recordKey, maxLength: 512 },
    { name: 'tid', is: isTid, pattern: SPECIFIED.tid, maxLength: 13 },
  ])('$name', ({ is, pattern, maxLength }) => {
    assert(
      property(near(pattern), (text) => {
        const isReserved = text === '.' || text === '..'
        expect(is(text)).toBe(text.length <= maxLength && pattern.test(text) && !isReserved)
      }),
      { numRuns: 2000 },
    )
  })
})

const value = oneof(
  anything(),
  string({ unit: 'binary' }),
  string({ unit: constantFrom(...'aZ19.-:/%T+#'.split('')) }),
  ...Object.values(SPECIFIED).map(near),
)

test.each(Object.values(formats))(
  '$parse.name gives back what $is.name accepts, and refuses the rest',
  ({ is, parse }) => {
    assert(
      property(value, (given) => {
        let result: unknown
        try {
          result = parse(given)
        } catch (error) {
          result = error
        }
        expect(result).toSatisfy((outcome) =>
          is(given) ? Object.is(outcome, given) : outcome instanceof FormatError,
        )
      }),
      { numRuns: 500 },
    )
  },
)

const did = stringMatching(SPECIFIED.did).filter(isDid)
const handle = stringMatching(SPECIFIED.handle).filter(isHandle)
const nsid = stringMatching(SPECIFIED.nsid).filter(isNsid)
const recordKey = stringMatching(SPECIFIED.recordKey).filter(isRecordKey)

test('valid parts make a valid AT URI that has them', () => {
  assert(
    property(oneof(did, handle), nsid, recordKey, (repo, collection, rkey) => {
      const uri = formatAtUri({ repo, collection, rkey })
      expect(atUriParts(uri)).toEqual({ repo, collection, rkey })
    }),
  )
})

test('a normalized AT URI is normal, whatever it was made of', () => {
  const segment = oneof(nsid, recordKey, constantFrom('', '.', '..', '%2e', '%41', 'a%2Fb'))
  const uri = tuple(constantFrom('at://', 'AT://'), oneof(did, handle), segment, segment).map(
    ([scheme, ...parts]) => scheme + parts.join('/'),
  )
  const normalized = uri.map((text) => {
    try {
      return normalizeAtUri(text)
    } catch {
      return undefined
    }
  })
  assert(
    property(
      normalized.filter((text) => text !== undefined),
      (text) => {
        expect(isAtUri(text)).toBe(true)
        expect(normalizeAtUri(text)).toBe(text)
      },
    ),
  )
})

test('a datetime is the same moment in any zone and at any precision', () => {
  const min = new Date('0000-01-02T00:00:00Z')
  const max = new Date('9999-12-30T00:00:00Z')
  const offset = integer({ min: -1439, max: 1439 }).filter((minutes) => minutes !== 0)
  assert(
    property(
      date({ min, max, noInvalidDate: true }),
      offset,
      stringMatching(/^\d{0,9}$/),
      (time, minutes, digits) => {
        const local = formatDatetime(time.getTime() + minutes * 60_000).slice(0, -1)
        const [hour, minute] = [Math.abs(Math.trunc(minutes / 60)), Math.abs(minutes % 60)]
        const zone = `${minutes < 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        expect(datetimeToDate(local + digits + zone)).toEqual(time)
        expect(normalizeDatetime(local + digits + zone)).toBe(time.toISOString())
      },
    ),
  )
})

test('a language that ICU reads as a tag is one', () => {
  const subtag = oneof(
    constantFrom('en', 'Latn', 'US', '419', '1901', 'rozaj', 'u', 't', 'a', 'x', 'co', 'phonebk'),
    stringMatching(/^[a-zA-Z0-9]{1,8}$/),
  )
  const language = stringMatching(/^(?:[a-z]{2,3}|[a-z]{5,8})$/)
  const tag = tuple(language, subtag, subtag, subtag, subtag, integer({ min: 1, max: 5 })).map(
    ([...parts]) => parts.slice(0, Number(parts.at(-1))).join('-'),
  )
  const read = tag.filter((text) => {
    try {
      return Intl.getCanonicalLocales(text).length === 1
    } catch {
      return false
    }
  })
  assert(
    property(read, (text) => {
      expect(isLanguage(text)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
