// Repositories that arrive over time. The commit is checked first; the tree and the records as they
// are asked for.

import type { ByteStream } from '../base/index.ts'
import { BlockBuffer } from './block-buffer.ts'
import { verifyCommit } from './commit-signature.ts'
import { decodeCommit } from './commit.ts'
import type { RepoCommit } from './commit.ts'
import { parseLink } from './link.ts'
import { MstCursor } from './mst-cursor.ts'
import { loadTop } from './mst-load.ts'
import { linkOf } from './mst-node-encode.ts'
import { Subtree } from './mst-node.ts'
import { pathFilter } from './read-repo-options.ts'
import type { ReadRepoOptions } from './read-repo-options.ts'
import { PathChecker } from './record-path.ts'
import { RepoError } from './repo-error.ts'
import { RepoRecord } from './repo-record.ts'

/** A repository that is checked as it is read. */
export interface RepoStream {
  commit: RepoCommit
  /**
   * In the order of their paths, once only. A fault ends the iteration with its error: not before the
   * end is the repository known to be whole. Ending the iteration early cancels the source.
   */
  records: AsyncIterable<RepoRecord>
}

const DEFAULT_BUFFERED_BYTES = 256 * 1024 * 1024

/** Reads a repository as it arrives. */
export async function readRepoStream(
  source: ByteStream,
  options: ReadRepoOptions,
): Promise<RepoStream> {
  const buffer = await BlockBuffer.open(source, options.maxBufferedBytes ?? DEFAULT_BUFFERED_BYTES)
  try {
    const [cid] = buffer.roots
    if (cid === undefined) {
      throw new RepoError('The CAR file names no commit', { code: 'invalid-car' })
    }
    const block = await buffer.take(parseLink(cid))
    const commit = decodeCommit(cid, block)
    await verifyCommit({ commit, block }, options)
    return { commit, records: readRecords(commit, buffer, options) }
  } catch (error) {
    await buffer.close()
    throw error
  }
}

async function* readRecords(
  { did, data }: RepoCommit,
  buffer: BlockBuffer,
  options: ReadRepoOptions,
): AsyncGenerator<RepoRecord, void, undefined> {
  const isWanted = pathFilter(options)
  const paths = new PathChecker()
  try {
    const root = parseLink(data)
    let block = await buffer.take(root)
    const blocks = { find: () => block }
    const cursor = new MstCursor(loadTop(root, blocks), blocks)
    for (let part = cursor.current; part; part = cursor.current) {
      if (part instanceof Subtree) {
        // The node of the top is there already.
        if (!part.node) block = await buffer.take(linkOf(part))
        cursor.enter()
      } else {
        const { key, value } = part
        paths.check(key)
        const bytes = await buffer.take(value)
        if (isWanted(key)) yield new RepoRecord(did, key, value, bytes)
        cursor.skip()
      }
    }
    await buffer.finish()
  } finally {
    await buffer.close()
  }
}
