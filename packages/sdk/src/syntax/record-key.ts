import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/** The name of a record within its collection: a TID, `self`, or any other key of the syntax. */
export type RecordKey = string

/** The longest record key, in characters (record key specification, "Record Key Syntax"). */
const MAX_LENGTH = 512

function recordKeyProblem(value: string): FormatErrorCode | undefined {
  if (value === '') return 'wrong-length'
  if (value.length > MAX_LENGTH) return 'too-long'
  // A path would resolve them, not name a record.
  if (value === '.' || value === '..') return 'reserved'
  return /^[\w.:~-]+$/.test(value) ? undefined : 'bad-character'
}

/** Tells whether `value` is a record key: 1 to 512 of the characters `A-Z a-z 0-9 . _ : ~ -`. */
export function isRecordKey(value: unknown): value is RecordKey {
  return typeof value === 'string' && recordKeyProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link RecordKey}.
 *
 * @throws {@link FormatError} when it is none: `bad-character`, `reserved` (`.` and `..`),
 *   `wrong-length` (empty), `too-long` or `not-a-string`.
 */
export function parseRecordKey(value: unknown): RecordKey {
  assertFormat('record-key', recordKeyProblem, value)
  return value
}
