import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A date and time with a time zone: `1985-04-12T23:20:50.123Z`. Keep it as text where it must be
 * written again: a `Date` has milliseconds only, and another spelling gives a record another CID.
 */
export type Datetime = `${string}-${string}-${string}T${string}`

// The specification sets no limit to the digits of a second. This one leaves 43 of them.
const MAX_LENGTH = 64

// `1985-04-12T23:20:50Z`.
const MIN_LENGTH = 20

const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

function twoDigits(value: string, at: number): number {
  return value.charCodeAt(at) * 10 + value.charCodeAt(at + 1) - 0x30 * 11
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1)
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

// Four digits write the years 0000 to 9999 only, and an offset may lead out of them.
function isWritable(time: number): boolean {
  return time >= -62_167_219_200_000 && time < 253_402_300_800_000
}

// The one form that every engine reads alike has exactly three digits of a second.
function toTime(value: string): number {
  const zone = value.length - (value.endsWith('Z') ? 1 : 6)
  const milliseconds = value.slice(20, zone).slice(0, 3).padEnd(3, '0')
  return Date.parse(`${value.slice(0, 19)}.${milliseconds}${value.slice(zone)}`)
}

function hasDate(value: string): boolean {
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2)
  const month = twoDigits(value, 5)
  const day = twoDigits(value, 8)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

function hasTime(value: string): boolean {
  // No leap second: WHATWG HTML, one of the three standards to meet, has none.
  return twoDigits(value, 11) < 24 && twoDigits(value, 14) < 60 && twoDigits(value, 17) < 60
}

function hasZone(value: string): boolean {
  if (value.endsWith('Z')) return true
  const hour = twoDigits(value, value.length - 5)
  const minute = twoDigits(value, value.length - 2)
  return hour < 24 && minute < 60 && isWritable(toTime(value))
}

function datetimeProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (value.length < MIN_LENGTH || !SHAPE.test(value) || value.endsWith('-00:00'))
    return 'bad-shape'
  return hasDate(value) && hasTime(value) && hasZone(value) ? undefined : 'out-of-range'
}

/**
 * Tells whether `value` is a datetime that the protocol accepts: what RFC 3339, ISO 8601 and WHATWG
 * HTML agree on, on a day that exists, from year 0000 to 9999 in UTC, in at most 64 characters.
 */
export function isDatetime(value: unknown): value is Datetime {
  return typeof value === 'string' && datetimeProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link Datetime}, spelled as it was.
 *
 * @throws {@link FormatError} when it is none: `bad-shape`, `out-of-range`, `too-long` or
 *   `not-a-string`.
 */
export function parseDatetime(value: unknown): Datetime {
  assertFormat('datetime', datetimeProblem, value)
  return value as Datetime
}

/**
 * Reads a datetime as a `Date`; what is finer than a millisecond is cut off.
 *
 * @throws {@link FormatError} as `parseDatetime` does.
 */
export function datetimeToDate(value: string): Date {
  return new Date(toTime(parseDatetime(value)))
}

/**
 * Writes a `Date`, or milliseconds since 1970, in the preferred form: UTC, milliseconds, `Z`.
 *
 * @throws RangeError when it is no date, or not within the years 0000 to 9999.
 */
export function formatDatetime(date: Date | number): Datetime {
  const time = Number(date)
  if (!isWritable(time)) throw new RangeError(`date ${time} is not within the years 0000 to 9999`)
  return new Date(time).toISOString() as Datetime
}

/**
 * Gives the preferred form of a datetime, in which equal times are equal strings that sort in the
 * order of time: UTC, milliseconds (cut off, not rounded), `Z`.
 *
 * @throws {@link FormatError} as `parseDatetime` does.
 */
export function normalizeDatetime(value: string): Datetime {
  return formatDatetime(datetimeToDate(value))
}

/** Gives the time of this machine's clock as a datetime. */
export function currentDatetime(): Datetime {
  return new Date().toISOString() as Datetime
}
