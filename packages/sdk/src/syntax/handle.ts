import { isDigit } from './ascii.ts'
import { domainProblem, MAX_DOMAIN_LENGTH } from './domain.ts'
import { parseFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A handle, the host name by which people know an account: `jay.bsky.social`. Upper-case letters
 * are valid and mean the same; {@link normalizeHandle} gives the form to store and compare.
 */
export type Handle = `${string}.${string}`

function handleProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_DOMAIN_LENGTH) return 'too-long'
  return (
    domainProblem(value) ??
    (isDigit(value.charCodeAt(value.lastIndexOf('.') + 1)) ? 'digit-at-start' : undefined)
  )
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
  return parseFormat<Handle>('handle', handleProblem, value)
}

/** Gives the form of a handle in which equal handles are equal strings: in lower case. */
export function normalizeHandle(handle: Handle): Handle {
  return handle.toLowerCase() as Handle
}
