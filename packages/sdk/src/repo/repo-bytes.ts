// Repositories that are there as a whole. Everything is checked before the first record is given out.

import type { Did } from '../syntax/index.ts'
import { CarBlocks } from './car-blocks.ts'
import { findCommit } from './car-commit.ts'
import { verifyCommit } from './commit-signature.ts'
import type { RepoCommit } from './commit.ts'
import { parseLink } from './link.ts'
import { MstCursor } from './mst-cursor.ts'
import { loadTop, missingBlock } from './mst-load.ts'
import { Subtree } from './mst-node.ts'
import { pathFilter } from './read-repo-options.ts'
import type { ReadRepoOptions } from './read-repo-options.ts'
import { PathChecker } from './record-path.ts'
import { RepoRecord } from './repo-record.ts'

/** A repository of which everything has been checked. */
export interface Repo {
  commit: RepoCommit
  /** In the order of their paths. Each iteration makes them anew. */
  records: Iterable<RepoRecord>
}

/** Reads a repository that is there as a whole. */
export async function readRepoBytes(file: Uint8Array, options: ReadRepoOptions): Promise<Repo> {
  const blocks = new CarBlocks(file)
  const found = findCommit(blocks)
  await verifyCommit(found, options)
  return { commit: found.commit, records: checkedRecords(found.commit, blocks, options) }
}

/** Goes through the whole tree, and takes down where the records are. */
function checkedRecords(
  { did, data }: RepoCommit,
  blocks: CarBlocks,
  options: ReadRepoOptions,
): RecordTable {
  const records = new RecordTable(did, blocks)
  const isWanted = pathFilter(options)
  const paths = new PathChecker()
  const cursor = new MstCursor(loadTop(parseLink(data), blocks), blocks)
  for (let part = cursor.current; part; part = cursor.current) {
    if (part instanceof Subtree) {
      cursor.enter()
    } else {
      const { key, value } = part
      paths.check(key)
      const index = blocks.indexOf(value)
      if (index < 0) missingBlock(value, key)
      if (isWanted(key)) records.add(key, index)
      cursor.skip()
    }
  }
  return records
}

/** The paths of records, and the numbers of their blocks. Of the tree nothing is kept. */
class RecordTable implements Iterable<RepoRecord> {
  readonly #did: Did
  readonly #blocks: CarBlocks
  readonly #paths: string[] = []
  readonly #indexes: number[] = []

  constructor(did: Did, blocks: CarBlocks) {
    this.#did = did
    this.#blocks = blocks
  }

  add(path: string, index: number): void {
    this.#paths.push(path)
    this.#indexes.push(index)
  }

  *[Symbol.iterator](): Generator<RepoRecord, void, undefined> {
    const blocks = this.#blocks
    for (let i = 0; i < this.#paths.length; i++) {
      const index = this.#indexes[i]!
      yield new RepoRecord(this.#did, this.#paths[i]!, blocks.link(index), blocks.block(index))
    }
  }
}
