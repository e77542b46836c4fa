import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/** A URI of any scheme: `https://example.com`, `dns:example.com`, `at://…`. */
export type Uri = `${string}:${string}`

/** The longest URI, in characters (Lexicon specification, "uri"). */
const MAX_LENGTH = 8192

function uriProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:[!-~]+$/.test(value)) return undefined
  if (/[^!-~]/.test(value)) return 'bad-character'
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(value) ? 'bad-shape' : 'bad-prefix'
}

/**
 * Tells whether `value` is a URI: a scheme (RFC 3986 section 3.1), a colon, and at least one more
 * character, all of them visible ASCII, at most 8192. What follows the colon is the scheme's own
 * business.
 */
export function isUri(value: unknown): value is Uri {
  return typeof value === 'string' && uriProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link Uri}.
 *
 * @throws {@link FormatError} when it is none: `bad-prefix` (no scheme), `bad-shape` (nothing after
 *   it), `bad-character`, `too-long` or `not-a-string`.
 */
export function parseUri(value: unknown): Uri {
  assertFormat('uri', uriProblem, value)
  return value as Uri
}
