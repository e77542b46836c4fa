// Commits: the signed objects at the top of repositories
// (https://atproto.com/specs/repository#commit-objects).

import { CODEC_DAG_CBOR, decodeCbor } from '../data/index.ts'
import type { RawLexValue } from '../data/index.ts'
import { isDid, isTid } from '../syntax/index.ts'
import type { CidString, Did, Tid } from '../syntax/index.ts'
import { formatLink, rawLinkIn } from './link.ts'
import { RepoError } from './repo-error.ts'

/** The state of a repository at one time, signed by its account. */
export interface RepoCommit {
  /** The CID of the commit itself. */
  cid: CidString
  did: Did
  /** The version of the repository format. There is no other left. */
  version: 3
  /** Increases from commit to commit, and says when each was made, if its maker's clock is right. */
  rev: Tid
  /** The root of the tree of records. */
  data: CidString
  /** The commit before this one. Nearly always null. */
  prev: CidString | null
  /** The signature of all other fields. */
  sig: Uint8Array
}

/** A commit and its encoding, which is what was signed but for the signature itself. */
export interface CommitBlock {
  commit: RepoCommit
  block: Uint8Array
}

// The head of a map of more is longer than a byte. Commits have six.
const MAX_FIELDS = 23

/**
 * The commit that a block holds. Its signature is not looked at.
 *
 * @throws {RepoError} `invalid-commit`
 */
export function decodeCommit(cid: CidString, block: Uint8Array): RepoCommit {
  const { did, version, rev, data, prev, sig } = decodeFields(cid, block)
  if (version !== 3) throw invalid('is not of version 3', cid)
  if (!isDid(did)) throw invalid('does not name a DID', cid)
  if (!isTid(rev)) throw invalid('has no rev that is a TID', cid)
  if (!ArrayBuffer.isView(sig)) throw invalid('has no signature', cid)
  return {
    cid,
    did,
    version,
    rev,
    data: linkText(data, block, cid),
    prev: prev === null ? null : linkText(prev, block, cid),
    sig: new Uint8Array(sig),
  }
}

function decodeFields(cid: CidString, block: Uint8Array): { [field: string]: RawLexValue } {
  let value: RawLexValue
  try {
    value = decodeCbor(block, { raw: true })
  } catch (cause) {
    throw invalid('is not DAG-CBOR', cid, cause)
  }
  // Of anything else than a map it says that there is no version.
  const fields = Object(value) as { [field: string]: RawLexValue }
  if (Object.keys(fields).length > MAX_FIELDS) throw invalid('has too many fields', cid)
  return fields
}

function linkText(value: RawLexValue | undefined, block: Uint8Array, cid: CidString): CidString {
  const link = rawLinkIn(block, value)
  if (link && block[link.at + 1] === CODEC_DAG_CBOR) return formatLink(link)
  throw invalid('has no link to a tree, or none to another commit', cid)
}

function invalid(reason: string, cid: CidString, cause?: unknown): RepoError {
  return new RepoError(`The commit ${reason}`, {
    code: 'invalid-commit',
    cid,
    ...(cause !== undefined && { cause }),
  })
}
