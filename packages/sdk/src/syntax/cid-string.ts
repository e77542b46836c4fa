import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A content identifier as text: `bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a`.
 * Syntax only: whether it decodes, and to a CID that the protocol uses, is for the data layer.
 */
export type CidString = string

const MIN_LENGTH = 8
const MAX_LENGTH = 256

// A multibase code, and characters of the alphabets that those codes stand for. CIDv0 (`Qm…`) has
// no such code, and is not valid.
const PATTERN = /^[079bBcCfFhkKmMtTuUvVzZ][\w+/=-]+$/

function cidStringProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (value.length < MIN_LENGTH) return 'wrong-length'
  if (PATTERN.test(value)) return undefined
  return /[^\w+/=-]/.test(value) ? 'bad-character' : 'bad-prefix'
}

/** Tells whether `value` could be a CID of version 1 or later in some multibase encoding. */
export function isCidString(value: unknown): value is CidString {
  return typeof value === 'string' && cidStringProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link CidString}.
 *
 * @throws {@link FormatError} when it cannot be a CID: `bad-prefix` (no multibase code),
 *   `bad-character`, `wrong-length`, `too-long` or `not-a-string`.
 */
export function parseCidString(value: unknown): CidString {
  assertFormat('cid', cidStringProblem, value)
  return value
}
