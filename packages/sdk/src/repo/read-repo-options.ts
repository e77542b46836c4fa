// How repositories are read.

import type { CommitOptions } from './commit-signature.ts'

/** What is asked of a repository, and of the reading of it. */
export interface ReadRepoOptions extends CommitOptions {
  /** The collections whose records are given out. All others are checked, but not decoded. */
  collections?: readonly string[] | undefined
  /**
   * Of a stream: how many bytes of blocks are kept that came before they were needed. One whose blocks
   * are in the order of the tree needs next to nothing, others as much as the repository has.
   * Default: 256 MiB.
   */
  maxBufferedBytes?: number | undefined
}

/** Which paths are in the collections of the options. */
export function pathFilter({ collections }: ReadRepoOptions): (path: string) => boolean {
  if (!collections) return () => true
  const wanted = new Set(collections)
  return (path) => wanted.has(path.slice(0, path.indexOf('/')))
}
