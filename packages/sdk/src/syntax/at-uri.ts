import { isAtIdentifier } from './at-identifier.ts'
import { parseFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'
import { isNsid } from './nsid.ts'
import { isRecordKey } from './record-key.ts'

/**
 * The address of a repository, a collection or a record:
 * `at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a`.
 */
export type AtUri = `at://${string}`

/** The longest AT URI, in characters (AT URI specification, "Full AT URI Syntax"). */
const MAX_LENGTH = 8192

function atUriProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (!value.startsWith('at://')) return 'bad-prefix'
  const [authority, collection, recordKey, more] = value.slice(5).split('/', 4)
  if (more !== undefined) return 'bad-shape'
  if (!isAtIdentifier(authority)) return 'bad-authority'
  if (collection !== undefined && !isNsid(collection)) return 'bad-collection'
  if (recordKey !== undefined && !isRecordKey(recordKey)) return 'bad-record-key'
  return undefined
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
 *   `bad-record-key`, `bad-shape` (more than three parts), `too-long` or `not-a-string`.
 */
export function parseAtUri(value: unknown): AtUri {
  return parseFormat<AtUri>('at-uri', atUriProblem, value)
}
