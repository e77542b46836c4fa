import { isDigit } from './ascii.ts'
import { domainProblem, MAX_DOMAIN_LENGTH, MAX_LABEL_LENGTH } from './domain.ts'
import { parseFormat } from './format-error.ts'
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

function nsidProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  const lastDot = value.lastIndexOf('.')
  if (lastDot < 0) return 'too-few-segments'
  const problem = domainProblem(value.slice(0, lastDot))
  if (problem) return problem
  const name = value.slice(lastDot + 1)
  if (name === '') return 'empty-segment'
  if (name.length > MAX_LABEL_LENGTH) return 'long-segment'
  if (/[^a-zA-Z0-9]/.test(name)) return 'bad-character'
  if (isDigit(value.charCodeAt(0)) || isDigit(name.charCodeAt(0))) return 'digit-at-start'
  return undefined
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
  return parseFormat<Nsid>('nsid', nsidProblem, value)
}
