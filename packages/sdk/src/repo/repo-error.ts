// What goes wrong with repositories, their trees, and the events about them.

import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/** Why a repository, a proof or an event was refused. */
export type RepoErrorCode =
  // Blocks
  | 'invalid-car'
  | 'hash-mismatch'
  | 'missing-block'
  | 'buffer-full'
  // The commit
  | 'invalid-commit'
  | 'did-mismatch'
  | 'invalid-signature'
  | 'invalid-signing-key'
  // The tree
  | 'malformed-node'
  | 'node-too-large'
  | 'node-height'
  | 'empty-node'
  | 'key-order'
  | 'key-prefix'
  | 'key-height'
  | 'duplicate-key'
  | 'invalid-key'
  | 'invalid-cid'
  // Records
  | 'invalid-path'
  | 'invalid-record'
  | 'record-too-large'
  | 'record-exists'
  | 'record-not-found'
  // Events
  | 'invalid-event'
  | 'event-mismatch'
  | 'blocks-too-large'
  | 'too-many-ops'
  | 'future-rev'
  | 'rev-order'
  | 'invalid-op'
  | 'duplicate-op'
  | 'op-mismatch'
  | 'inversion-mismatch'
  | 'prev-data-mismatch'

/** What a {@link RepoError} carries besides its message. */
export interface RepoErrorOptions extends AtprotoErrorOptions {
  code: RepoErrorCode
  /** The path of the record, or the key of the tree, that it is about. */
  path?: string
  /** The block that it is about. */
  cid?: string
}

/** A repository, a proof or an event that is not what it says, or is not all there. */
export class RepoError extends AtprotoError<RepoErrorOptions> {
  static override readonly id = 'RepoError'

  declare readonly code: RepoErrorCode

  /** The path of the record, or the key of the tree, that it is about, where there is one. */
  declare readonly path?: string

  /** The block that it is about, where there is one. */
  declare readonly cid?: string
}
