// The keys of the tree (https://atproto.com/specs/repository#repository-paths): two segments of the
// ASCII characters of paths. The tree does not ask whether the first is an NSID; repositories do.

import { sha256ZeroBits } from '../base/index.ts'
import { RepoError } from './repo-error.ts'

/** The longest key of the tree, in characters. The longest path of a record has 830. */
export const MAX_KEY_LENGTH = 1024

const PATTERN = /^[\w.:~-]+\/[\w.:~-]+$/

/**
 * How high above the lowest layer of the tree a key stands: half the number of zero bits that its
 * sha-256 begins with (https://atproto.com/specs/repository#mst-structure). On average one key in four
 * stands higher than another. Any text will do, also one that is not a key.
 *
 * @example
 * ```ts
 * mstKeyHeight('app.bsky.feed.post/9adeb165882c') // 8
 * ```
 */
export function mstKeyHeight(key: string): number {
  return sha256ZeroBits(key) >> 1
}

/**
 * Refuses what is not a key of the tree.
 *
 * @throws {RepoError} `invalid-key`
 */
export function assertMstKey(key: string): void {
  if (typeof key !== 'string') throw new TypeError('key is not a text')
  if (key.length > MAX_KEY_LENGTH || !PATTERN.test(key)) throw invalidKey(key)
}

/** The error for a key of a height in a node of another. */
export function heightFault(path: string, own: number, height: number): RepoError {
  return new RepoError(`A key of height ${own} is in a node of height ${height}`, {
    code: 'key-height',
    path,
  })
}

/** The error for a text that is not a key of the tree. */
export function invalidKey(key: string): RepoError {
  const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key
  return new RepoError(`Not a key of two segments: ${JSON.stringify(shown)}`, {
    code: 'invalid-key',
    path: key,
  })
}
