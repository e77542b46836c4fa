// Commits: the signed objects at the top of repositories
// (https://atproto.com/specs/repository#commit-objects).

import { CODEC_DAG_CBOR, DataError, decodeCbor, fromLexBytes, parseCid } from '../data/index.ts'
import type { LexBytes, LexValue } from '../data/index.ts'
import { isDid, isTid } from '../syntax/index.ts'
import type { CidString, Did, Tid } from '../syntax/index.ts'
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
  const bytes = bytesOf(sig)
  if (!bytes) throw invalid('has no signature', cid)
  const links = { data: linkText(data, cid), prev: prev === null ? null : linkText(prev, cid) }
  return { cid, did, version, rev, ...links, sig: bytes }
}

function decodeFields(cid: CidString, block: Uint8Array): { [field: string]: LexValue } {
  let value: LexValue
  try {
    value = decodeCbor(block)
  } catch (cause) {
    throw invalid('is not DAG-CBOR', cid, cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('is not a map', cid)
  }
  if (Object.keys(value).length > MAX_FIELDS) throw invalid('has too many fields', cid)
  return value
}

function linkText(value: LexValue | undefined, cid: CidString): CidString {
  const { $link } = (value ?? {}) as { $link?: unknown }
  if (typeof $link === 'string' && parseCid($link).codec === CODEC_DAG_CBOR) return $link
  throw invalid('has no link to a tree, or none to another commit', cid)
}

function bytesOf(value: LexValue | undefined): Uint8Array | undefined {
  const isBytes = typeof value === 'object' && value !== null && '$bytes' in value
  return isBytes ? fromLexBytes(value as unknown as LexBytes) : undefined
}

function invalid(reason: string, cid: CidString, cause?: unknown): RepoError {
  const known = cause instanceof DataError ? { cause } : {}
  return new RepoError(`The commit ${reason}`, { code: 'invalid-commit', cid, ...known })
}
