// Proofs that a repository has a record, or has none, as `com.atproto.sync.getRecord` gives them.

import type { LexValue } from '../data/index.ts'
import type { AtUri, CidString } from '../syntax/index.ts'
import { CarBlocks } from './car-blocks.ts'
import { verifyCommit } from './commit-signature.ts'
import type { CommitOptions, SignatureCheck } from './commit-signature.ts'
import type { RepoCommit } from './commit.ts'
import { formatLink, parseLink } from './link.ts'
import { findBlock, findKey, loadTop } from './mst-load.ts'
import { PathChecker } from './record-path.ts'
import { findCommit } from './car-commit.ts'
import { decodeRecord } from './repo-record.ts'

/** Which record a proof is about, and whose commit it must end in. */
export interface RecordProofOptions extends CommitOptions {
  did: string
  collection: string
  rkey: string
}

/** What a proof shows about one place in a repository. */
export interface RecordProof {
  uri: AtUri
  /** The CID of the record; null where the repository has none in this place. */
  cid: CidString | null
  record: { [key: string]: LexValue } | null
  /** The commit that it is true of. */
  commit: RepoCommit
  /** Only with the account's key does the commit prove anything. */
  signature: SignatureCheck
}

/**
 * Checks a CAR file with a commit and the nodes of the tree on the way to a record, or to where it
 * would be. Whether there is the record is the answer, and not an error.
 *
 * @throws {RepoError} as `readRepo`, of the blocks that the proof needs.
 *
 * @example
 * ```ts
 * const place = { did, collection: 'app.bsky.actor.profile', rkey: 'self' }
 * const response = await fetch(`${pds}/xrpc/com.atproto.sync.getRecord?${new URLSearchParams(place)}`)
 * const proof = await verifyRecordProof(await response.bytes(), { ...place, signingKey })
 * console.log(proof.record?.displayName)
 * ```
 */
export async function verifyRecordProof(
  car: Uint8Array,
  options: RecordProofOptions,
): Promise<RecordProof> {
  const path = `${options.collection}/${options.rkey}`
  new PathChecker().check(path)
  const blocks = new CarBlocks(car)
  const head = findCommit(blocks)
  const { commit } = head
  const signature = await verifyCommit(head, options)
  const uri: AtUri = `at://${commit.did}/${path}`
  const found = findKey(loadTop(parseLink(commit.data), blocks), path, blocks)
  if (!found) return { uri, cid: null, record: null, commit, signature }
  const record = decodeRecord(findBlock(found.value, blocks), path)
  return { uri, cid: formatLink(found.value), record, commit, signature }
}
