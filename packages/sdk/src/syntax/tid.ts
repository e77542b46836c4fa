import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A timestamp identifier: 13 characters that sort as text in the order of their times. Record keys
 * and the revisions of repositories are TIDs.
 */
export type Tid = string

const LENGTH = 13

function tidProblem(value: string): FormatErrorCode | undefined {
  if (value.length !== LENGTH) return 'wrong-length'
  if (/^[2-7a-j][2-7a-z]+$/.test(value)) return undefined
  // 13 digits of 5 bits hold one bit more than the 64 of the number.
  return /^[k-z][2-7a-z]+$/.test(value) ? 'out-of-range' : 'bad-character'
}

/** Tells whether `value` is a TID. Without hyphens: that form is no longer valid. */
export function isTid(value: unknown): value is Tid {
  return typeof value === 'string' && tidProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link Tid}.
 *
 * @throws {@link FormatError} when it is none: `wrong-length`, `bad-character`, `out-of-range` (it
 *   does not fit into 64 bits) or `not-a-string`.
 */
export function parseTid(value: unknown): Tid {
  assertFormat('tid', tidProblem, value)
  return value
}
