// Where a record is: its at:// URI or its parts, with the session's repo where none is named.
import { atUriParts } from './syntax/index.ts'
import type { AtIdentifier, AtUri, Nsid, RecordKey } from './syntax/index.ts'

/** A record by its `at://` URI, or by its parts; `repo` is the session's own unless it is given. */
export type RecordPlace =
  | { uri: AtUri; repo?: undefined; collection?: undefined; rkey?: undefined }
  | { uri?: undefined; repo?: AtIdentifier | undefined; collection: Nsid; rkey: RecordKey }

/** The parts of a record's place. */
export interface RecordParts {
  repo: AtIdentifier
  collection: Nsid
  rkey: RecordKey
}

/**
 * @internal The parts of a place.
 * @throws TypeError where the URI names no record, or no repo is given and there is no session.
 */
export function recordParts(place: RecordPlace, session: AtIdentifier | undefined): RecordParts {
  const { repo, collection, rkey } = place.uri === undefined ? place : atUriParts(place.uri)
  if (!collection || rkey === undefined) {
    throw new TypeError('Give the uri of a record, or its collection and rkey')
  }
  return { repo: requireRepo(repo, session), collection, rkey }
}

/**
 * @internal The repo that a call is about.
 * @throws TypeError where none is given and there is no session.
 */
export function requireRepo(
  repo: AtIdentifier | undefined,
  session: AtIdentifier | undefined,
): AtIdentifier {
  const known = repo ?? session
  if (!known) throw new TypeError('Without a session, give the repo')
  return known
}
