import { hasLongLabel, labelProblem, MAX_DOMAIN_LENGTH, MAX_LABEL_LENGTH } from './domain.ts'
import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A namespaced identifier, the name of a lexicon: a reversed domain, then a name, as in
 * `app.bsky.feed.post`.
 */
export type Nsid = `${string}.${string}.${string}`

/**
 * The longest NSID: a domain, a dot and a name (NSID specification, "NSID Syntax"). The shorter limit
 * of the domain alone is not held to it: the interoperability suite has a valid one of 283.
 */
const MAX_LENGTH = MAX_DOMAIN_LENGTH + 1 + MAX_LABEL_LENGTH

// The labels of the domain, the first of which begins with a letter; then a name without hyphens.
const PATTERN =
  /^[a-zA-Z][a-zA-Z\d]*(?:-+[a-zA-Z\d]+)*(?:\.[a-zA-Z\d]+(?:-+[a-zA-Z\d]+)*)+\.[a-zA-Z][a-zA-Z\d]*$/

function nsidProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (PATTERN.test(value)) return hasLongLabel(value) ? 'long-segment' : undefined
  const lastDot = value.lastIndexOf('.')
  if (value.indexOf('.') === lastDot) return 'too-few-segments'
  return value.includes('-', lastDot) ? 'bad-character' : labelProblem(value)
}

/** Tells whether `value` is an NSID: at most 317 characters, without a fragment or a `*`. */
export function isNsid(value: unknown): value is Nsid {
  return typeof value === 'string' && nsidProblem(value) === undefined
}

/**
 * Gives `value` back as an {@link Nsid}, in the case it was written in.
 *
 * @throws {@link FormatError} when it is none: `empty-segment`, `long-segment`, `too-few-segments`,
 *   `hyphen-at-edge`, `digit-at-start`, `bad-character`, `too-long` or `not-a-string`.
 */
export function parseNsid(value: unknown): Nsid {
  assertFormat('nsid', nsidProblem, value)
  return value as Nsid
}
