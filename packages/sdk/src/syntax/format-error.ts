import { AtprotoError } from '../base/index.ts'

/** The string formats of the protocol, by the name a lexicon gives them. */
export type StringFormat =
  | 'at-identifier'
  | 'at-uri'
  | 'cid'
  | 'datetime'
  | 'did'
  | 'handle'
  | 'language'
  | 'nsid'
  | 'record-key'
  | 'tid'
  | 'uri'

/**
 * What can be wrong with a string, over all formats:
 *
 * - `not-a-string`: the value is of another type
 * - `too-long`, `wrong-length`: past the limit of the format, or not its one length
 * - `bad-prefix`: it does not begin as every string of the format does
 * - `bad-character`: a character that the format, or that place in it, does not allow
 * - `bad-ending`: it ends in a character that may stand anywhere else
 * - `empty-segment`, `long-segment`, `too-few-segments`: the parts between its separators
 * - `hyphen-at-edge`: a segment begins or ends with a hyphen
 * - `digit-at-start`: the segment that must begin with a letter begins with a digit
 * - `reserved`: a value that the format sets apart, such as the record key `..`
 * - `bad-shape`: parts missing, too many or out of order
 * - `bad-authority`, `bad-collection`, `bad-record-key`: that part of an AT URI is not valid
 * - `out-of-range`: well-formed, but it names no such date, time or number
 * - `repeated-subtag`: a language tag names a variant or an extension twice
 */
export type FormatErrorCode =
  | 'bad-authority'
  | 'bad-character'
  | 'bad-collection'
  | 'bad-ending'
  | 'bad-prefix'
  | 'bad-record-key'
  | 'bad-shape'
  | 'digit-at-start'
  | 'empty-segment'
  | 'hyphen-at-edge'
  | 'long-segment'
  | 'not-a-string'
  | 'out-of-range'
  | 'repeated-subtag'
  | 'reserved'
  | 'too-few-segments'
  | 'too-long'
  | 'wrong-length'

/** How much of a refused string an error repeats, in UTF-16 units. */
const SHOWN_LENGTH = 64

/** A value is not a valid string of the format it was parsed as. */
export class FormatError extends AtprotoError<{
  code: FormatErrorCode
  format: StringFormat
  value: string
}> {
  static override readonly id: string = 'FormatError'

  declare readonly code: FormatErrorCode
  /** The format that was asked for. */
  declare readonly format: StringFormat
  /** The refused string, cut to 64 characters; of a value of another type, its `typeof`. */
  declare readonly value: string

  constructor(format: StringFormat, code: FormatErrorCode, value: unknown) {
    const shown =
      typeof value !== 'string'
        ? typeof value
        : value.length > SHOWN_LENGTH
          ? `${value.slice(0, SHOWN_LENGTH)}…`
          : value
    super(`invalid ${format}, ${code.replaceAll('-', ' ')}: ${JSON.stringify(shown)}`, {
      code,
      format,
      value: shown,
    })
  }
}

/** Throws what `problemOf` finds in `value`, or that it is no string at all. */
export function assertFormat(
  format: StringFormat,
  problemOf: (value: string) => FormatErrorCode | undefined,
  value: unknown,
): asserts value is string {
  const problem = typeof value === 'string' ? problemOf(value) : 'not-a-string'
  if (problem) throw new FormatError(format, problem, value)
}
