import { hasLongLabel, labelProblem, MAX_DOMAIN_LENGTH } from './domain.ts'
import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A handle, the host name by which people know an account: `jay.bsky.social`. Upper-case letters
 * are valid and mean the same; {@link normalizeHandle} gives the form to store and compare.
 */
export type Handle = `${string}.${string}`

// Labels with dots between; the last begins with a letter. Hyphens stand only between the others.
const PATTERN = /^(?:[a-zA-Z\d]+(?:-+[a-zA-Z\d]+)*\.)+[a-zA-Z][a-zA-Z\d]*(?:-+[a-zA-Z\d]+)*$/

/** Finds what keeps `value` from being a handle. */
export function handleProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_DOMAIN_LENGTH) return 'too-long'
  if (PATTERN.test(value)) return hasLongLabel(value) ? 'long-segment' : undefined
  return value.includes('.') ? labelProblem(value) : 'too-few-segments'
}

/**
 * Tells whether `value` is a handle by its syntax. Top-level domains that never resolve (`.local`,
 * `.onion`, and `handle.invalid` itself) are valid syntax.
 */
export function isHandle(value: unknown): value is Handle {
  return typeof value === 'string' && handleProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link Handle}, in the case it was written in.
 *
 * @throws {@link FormatError} when it is none: `empty-segment`, `long-segment`, `too-few-segments`,
 *   `hyphen-at-edge`, `digit-at-start`, `bad-character`, `too-long` or `not-a-string`.
 */
export function parseHandle(value: unknown): Handle {
  assertFormat('handle', handleProblem, value)
  return value as Handle
}

/** Gives the form of a handle in which equal handles are equal strings: in lower case. */
export function normalizeHandle(handle: Handle): Handle {
  return handle.toLowerCase() as Handle
}
