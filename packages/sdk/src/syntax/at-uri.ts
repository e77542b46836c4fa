import { isAtIdentifier } from './at-identifier.ts'
import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'
import { isNsid } from './nsid.ts'
import { isRecordKey } from './record-key.ts'

/**
 * The address of a repository, a collection or a record:
 * `at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a`.
 */
export type AtUri = `at://${string}`

/** The longest AT URI, in characters (AT URI specification, "Full AT URI Syntax"). */
export const MAX_AT_URI_LENGTH = 8192

function atUriProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_AT_URI_LENGTH) return 'too-long'
  if (!value.startsWith('at://')) return 'bad-prefix'
  const slash = value.indexOf('/', 5)
  if (!isAtIdentifier(slash < 0 ? value.slice(5) : value.slice(5, slash))) return 'bad-authority'
  return slash < 0 ? undefined : pathProblem(value.slice(slash + 1))
}

function pathProblem(path: string): FormatErrorCode | undefined {
  const slash = path.indexOf('/')
  if (!isNsid(slash < 0 ? path : path.slice(0, slash))) return 'bad-collection'
  return slash < 0 || isRecordKey(path.slice(slash + 1)) ? undefined : 'bad-record-key'
}

/**
 * Tells whether `value` is an AT URI in the restricted syntax that lexicons use: an authority, then
 * at most a collection and a record key; no query, no fragment, no slash at the end.
 */
export function isAtUri(value: unknown): value is AtUri {
  return typeof value === 'string' && atUriProblem(value) === undefined
}

/**
 * Gives `value` back as an {@link AtUri}.
 *
 * @throws {@link FormatError} when it is none: `bad-prefix`, `bad-authority`, `bad-collection`,
 *   `bad-record-key` (or more after it), `too-long` or `not-a-string`.
 */
export function parseAtUri(value: unknown): AtUri {
  assertFormat('at-uri', atUriProblem, value)
  return value as AtUri
}
