// The commit that a CAR file is about.

import type { CarBlocks } from './car-blocks.ts'
import { decodeCommit } from './commit.ts'
import type { CommitBlock } from './commit.ts'
import { formatLink } from './link.ts'
import { findBlock } from './mst-load.ts'
import { RepoError } from './repo-error.ts'

/**
 * The commit that a CAR file is about: the first of its roots.
 *
 * @throws {RepoError} `invalid-car`, `missing-block`, `invalid-commit`
 */
export function findCommit(blocks: CarBlocks): CommitBlock {
  const { root } = blocks
  if (!root) throw new RepoError('The CAR file names no commit', { code: 'invalid-car' })
  const block = findBlock(root, blocks)
  return { commit: decodeCommit(formatLink(root), block), block }
}
