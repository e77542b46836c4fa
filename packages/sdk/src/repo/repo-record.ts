// Records as they come out of repositories.

import { DataError, decodeCbor } from '../data/index.ts'
import type { LexValue } from '../data/index.ts'
import type { AtUri, CidString, Did, Nsid, RecordKey } from '../syntax/index.ts'
import { formatLink } from './link.ts'
import type { Link } from './link.ts'
import { RepoError } from './repo-error.ts'

/** A record of a repository. What is not asked for is not decoded. */
export class RepoRecord {
  readonly did: Did
  /** Its place in the repository: `collection/rkey`. */
  readonly path: string
  /** The record in DAG-CBOR: a view of a larger array, perhaps of the whole repository. */
  readonly bytes: Uint8Array

  readonly #link: Link
  #record: { [key: string]: LexValue } | undefined

  constructor(did: Did, path: string, link: Link, bytes: Uint8Array) {
    this.did = did
    this.path = path
    this.bytes = bytes
    this.#link = link
  }

  get uri(): AtUri {
    return `at://${this.did}/${this.path}`
  }

  get collection(): Nsid {
    return this.path.slice(0, this.path.indexOf('/')) as Nsid
  }

  get rkey(): RecordKey {
    return this.path.slice(this.path.indexOf('/') + 1)
  }

  get cid(): CidString {
    return formatLink(this.#link)
  }

  /**
   * The record as plain JSON, decoded when it is first read.
   *
   * @throws {RepoError} `invalid-record`: it is not a map in DAG-CBOR.
   */
  get record(): { [key: string]: LexValue } {
    return (this.#record ??= decodeRecord(this.bytes, this.path))
  }

  /** For `JSON.stringify`, which does not see getters. */
  toJSON(): {
    uri: AtUri
    collection: Nsid
    rkey: RecordKey
    cid: CidString
    record: { [key: string]: LexValue }
  } {
    const { uri, collection, rkey, cid, record } = this
    return { uri, collection, rkey, cid, record }
  }
}

/** The major type of maps in CBOR. */
const MAP = 5

/**
 * The record that a block holds.
 *
 * @throws {RepoError} `invalid-record`
 */
export function decodeRecord(bytes: Uint8Array, path: string): { [key: string]: LexValue } {
  let cause: DataError | undefined
  try {
    const value = decodeCbor(bytes)
    // Links and bytes are objects too, in the form that values have here.
    if (bytes[0]! >> 5 === MAP) return value as { [key: string]: LexValue }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    cause = error
  }
  throw new RepoError('A record is not a map in DAG-CBOR', {
    code: 'invalid-record',
    path,
    ...(cause && { cause }),
  })
}
