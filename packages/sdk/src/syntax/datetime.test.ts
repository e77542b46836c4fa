import { describe, expect, test, vi } from 'vitest'
import {
  currentDatetime,
  datetimeToDate,
  formatDatetime,
  isDatetime,
  normalizeDatetime,
  parseDatetime,
} from './datetime.ts'
import { FormatError } from './format-error.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

test('accepts every day of the calendar, and no other', () => {
  const wrong: string[] = []
  // The Gregorian calendar repeats after 400 years.
  for (let year = 1600; year < 2000; year++) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const date = new Date(Date.UTC(year, month - 1, day))
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
        const text = `${year}-${pad(month)}-${pad(day)}T00:00:00Z`
        if (isDatetime(text) !== exists) wrong.push(text)
      }
    }
  }
  expect(wrong).toEqual([])
})

test.each(['24:00:00', '23:60:00', '23:59:60', '99:00:00'])('refuses the time %s', (time) => {
  expect(isDatetime(`2016-12-31T${time}Z`)).toBe(false)
})

test.each(['+24:00', '-24:00', '+00:60', '-00:00', '+0000', '+00', 'z', ''])(
  'refuses the zone "%s"',
  (zone) => {
    expect(isDatetime(`1985-04-12T23:20:50${zone}`)).toBe(false)
  },
)

test('an offset may not lead out of the years 0000 to 9999', () => {
  expect(isDatetime('0000-01-01T00:00:00+00:01')).toBe(false)
  expect(isDatetime('0000-01-01T00:01:00+00:01')).toBe(true)
  expect(isDatetime('9999-12-31T23:59:59.999-00:01')).toBe(false)
  expect(isDatetime('9999-12-31T23:58:59.999-00:01')).toBe(true)
})

test('accepts 64 characters and no more', () => {
  const text = `1985-04-12T23:20:50.${'1'.repeat(43)}Z`
  expect(text).toHaveLength(64)
  expect(isDatetime(text)).toBe(true)
  expect(isDatetime(text.replace('Z', '1Z'))).toBe(false)
})

test('is spelled after parsing as it was before', () => {
  const text = '1985-04-12T23:20:50.120000-07:00'
  expect(parseDatetime(text)).toBe(text)
})

describe('as a Date', () => {
  test.each([
    ['1985-04-12T23:20:50Z', '1985-04-12T23:20:50.000Z'],
    ['1985-04-12T23:20:50.1Z', '1985-04-12T23:20:50.100Z'],
    ['1985-04-12T23:20:50.1239999999Z', '1985-04-12T23:20:50.123Z'],
    ['1985-04-12T23:20:50.57+01:45', '1985-04-12T21:35:50.570Z'],
    ['1985-04-12T23:20:50-07:00', '1985-04-13T06:20:50.000Z'],
    ['0099-02-28T00:00:00Z', '0099-02-28T00:00:00.000Z'],
    ['0000-01-01T00:00:00.000Z', '0000-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(datetimeToDate(text).toISOString()).toBe(iso)
    expect(normalizeDatetime(text)).toBe(iso)
  })

  test('text that is no datetime is refused, though Date would read it', () => {
    expect(() => datetimeToDate('1985-04-12')).toThrow(FormatError)
    expect(() => normalizeDatetime('12 Apr 1985 23:20:50 GMT')).toThrow(FormatError)
  })
})

test('a Date or a number is written in UTC with milliseconds', () => {
  expect(formatDatetime(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(formatDatetime(new Date(1234.9))).toBe('1970-01-01T00:00:01.234Z')
})

test.each([Number.NaN, Date.UTC(-1, 11, 31, 23, 59, 59, 999), Date.UTC(10_000, 0)])(
  'a time of %d is a RangeError',
  (time) => {
    expect(() => formatDatetime(time)).toThrow(RangeError)
    expect(() => formatDatetime(new Date(time))).toThrow(RangeError)
  },
)

test('the current datetime is that of the clock', () => {
  vi.useFakeTimers({ now: 1234 })
  expect(currentDatetime()).toBe('1970-01-01T00:00:01.234Z')
  vi.useRealTimers()
})
