import type { AtIdentifier } from './at-identifier.ts'
import type { AtUri } from './at-uri.ts'
import type { Nsid } from './nsid.ts'
import type { RecordKey } from './record-key.ts'

/**
 * What an AT URI is made of, under the names that the parameters of `com.atproto.repo` have. A
 * record key never stands without a collection.
 */
export type AtUriParts =
  | { readonly repo: AtIdentifier; readonly collection?: undefined; readonly rkey?: undefined }
  | { readonly repo: AtIdentifier; readonly collection: Nsid; readonly rkey?: RecordKey }

/**
 * Splits a valid AT URI. It checks nothing: give text from elsewhere to `parseAtUri` first.
 *
 * @example
 * ```ts
 * const { repo, collection, rkey } = atUriParts('at://jay.bsky.social/app.bsky.feed.post/1')
 * ```
 */
export function atUriParts(uri: AtUri): AtUriParts {
  const [repo, collection, rkey] = uri.slice(5).split('/') as [AtIdentifier, Nsid?, RecordKey?]
  if (collection === undefined) return { repo }
  return rkey === undefined ? { repo, collection } : { repo, collection, rkey }
}
