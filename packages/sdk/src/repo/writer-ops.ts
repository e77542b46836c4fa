// What a writer is told to do, and what that makes of a repository.

import { DataError, encodeCbor } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import { nextTid } from '../syntax/index.ts'
import type { RepoOp } from './diff-repos.ts'
import { MAX_COMMIT_OPS } from './limits.ts'
import type { Mst } from './mst.ts'
import { PathChecker } from './record-path.ts'
import { RepoError } from './repo-error.ts'
import { cborBlock } from './writer-block.ts'

/** A record that is created, replaced or deleted. */
export type RepoWrite =
  | {
      action: 'create'
      collection: string
      /** Default: a new TID. */
      rkey?: string
      /** A value of the data model. `$type` is filled in. */
      record: object
    }
  | { action: 'update'; collection: string; rkey: string; record: object }
  | { action: 'delete'; collection: string; rkey: string }

/** What writes make of a repository. Nothing of it has been kept. */
export interface PlannedWrites {
  /** In the order of the writes. */
  ops: RepoOp[]
  /** The tree after them. */
  tree: Mst
  /** The blocks of the records that were created or updated. */
  records: CarBlock[]
}

/** The most bytes of a record, by the specification: what we read may be a little larger. */
const MAX_WRITTEN_BYTES = 1_000_000

/**
 * Finds out what some writes make of a tree.
 *
 * @throws {RepoError} `too-many-ops`, `duplicate-op`, `invalid-path`, `record-exists`,
 * `record-not-found`, `invalid-record`, `record-too-large`
 */
export function planWrites(writes: readonly RepoWrite[], tree: Mst): PlannedWrites {
  if (writes.length > MAX_COMMIT_OPS) {
    throw new RepoError(`A commit has ${MAX_COMMIT_OPS} writes at most, not ${writes.length}`, {
      code: 'too-many-ops',
    })
  }
  const paths = new PathChecker()
  const ops = new Map<string, RepoOp>()
  const records: CarBlock[] = []
  for (const write of writes) {
    const op = newOp(write)
    const { path } = op
    paths.check(path)
    if (ops.has(path)) refuse('duplicate-op', path, 'Two writes are of the same record')
    const before = tree.get(path)
    if (write.action === 'create') {
      if (before) refuse('record-exists', path, 'There is a record already')
    } else {
      if (!before) refuse('record-not-found', path, 'There is no record')
      op.prev = before
    }
    if (write.action !== 'delete') {
      const block = encodeRecord(write.record, op)
      records.push(block)
      op.cid = block.cid
    }
    ops.set(path, op)
  }
  const changes = Array.from(ops.values(), ({ path, cid }) => [path, cid ?? undefined] as const)
  return { ops: [...ops.values()], tree: tree.update(changes), records }
}

function newOp({ action, collection, rkey = nextTid() }: RepoWrite): RepoOp {
  return {
    action,
    path: `${collection}/${rkey}`,
    collection,
    rkey,
    cid: null,
    prev: null,
  } as RepoOp
}

function encodeRecord(record: object, { path, collection }: RepoOp): CarBlock {
  const typed = { $type: collection, ...record }
  if (typed.$type !== collection) {
    refuse('invalid-record', path, `A record of ${collection} has another $type`)
  }
  let bytes: Uint8Array
  try {
    bytes = encodeCbor(typed)
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause
    refuse('invalid-record', path, `A record cannot be encoded: ${cause.message}`, cause)
  }
  if (bytes.length > MAX_WRITTEN_BYTES) {
    refuse('record-too-large', path, `A record has over ${MAX_WRITTEN_BYTES} bytes`)
  }
  return cborBlock(bytes)
}

function refuse(code: RepoError['code'], path: string, message: string, cause?: unknown): never {
  throw new RepoError(`${message}: ${path}`, { code, path, ...(cause !== undefined && { cause }) })
}
