// Trees whose blocks must be waited for: those in IndexedDB, in a bucket, or on a server.

import type { CidString } from '../syntax/index.ts'
import { MemoryBlockStore } from './block-store.ts'
import type { BlockSource } from './block-store.ts'
import { RepoError } from './repo-error.ts'

/**
 * Does some work on blocks that are fetched when the work needs them: where one is missing it is
 * fetched, and the work is done again from its beginning. It should therefore do nothing but read, and
 * be done when it returns: a list must have been gone through.
 *
 * @throws {RepoError} `missing-block` where a block cannot be fetched either, and what the work throws.
 *
 * @example
 * ```ts
 * const entries = await withFetchedBlocks(
 *   (cid) => bucket.get(cid),
 *   (blocks) => [...Mst.load(root, blocks).list({ prefix: 'app.bsky.feed.post/' })],
 * )
 * ```
 */
export async function withFetchedBlocks<Result>(
  fetchBlock: (cid: CidString) => Promise<Uint8Array | undefined>,
  work: (blocks: BlockSource) => Result,
): Promise<Result> {
  const fetched = new MemoryBlockStore()
  for (;;) {
    try {
      return work(fetched)
    } catch (error) {
      if (!(error instanceof RepoError) || error.cid === undefined) throw error
      if (error.code !== 'missing-block' || fetched.get(error.cid)) throw error
      const bytes = await fetchBlock(error.cid)
      if (!bytes) throw error
      fetched.put(error.cid, bytes)
    }
  }
}
