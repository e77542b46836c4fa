import type { AtIdentifier } from './at-identifier.ts'
import { parseAtUri } from './at-uri.ts'
import type { AtUri } from './at-uri.ts'
import type { Nsid } from './nsid.ts'
import type { RecordKey } from './record-key.ts'

/** What an AT URI is made of. A record key never stands without a collection. */
export type AtUriParts =
  | { readonly authority: AtIdentifier; readonly collection?: undefined; readonly rkey?: undefined }
  | { readonly authority: AtIdentifier; readonly collection: Nsid; readonly rkey?: RecordKey }

/**
 * Splits a valid AT URI. It checks nothing: give text from elsewhere to `parseAtUri` first.
 *
 * @example
 * const { authority, collection, rkey } = atUriParts('at://jay.bsky.social/app.bsky.feed.post/1')
 */
export function atUriParts(uri: AtUri): AtUriParts {
  const [authority, collection, rkey] = uri.slice(5).split('/') as [AtIdentifier, Nsid?, RecordKey?]
  if (collection === undefined) return { authority }
  return rkey === undefined ? { authority, collection } : { authority, collection, rkey }
}

/**
 * Writes an AT URI from its parts.
 *
 * @throws {@link FormatError} when a part is not valid, with the codes of `parseAtUri`.
 */
export function formatAtUri({ authority, collection, rkey }: AtUriParts): AtUri {
  let uri = `at://${authority}`
  if (collection !== undefined) uri += `/${collection}`
  if (rkey !== undefined) uri += `/${rkey}`
  return parseAtUri(uri)
}
