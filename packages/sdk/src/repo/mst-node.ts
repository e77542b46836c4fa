// The nodes of the tree in memory. They never change: an edit makes new nodes along one path and
// shares all others with the tree before.
//
//   trees   0       1       2       3     subtrees, one layer lower, or none
//   keys        0       1       2
//   values      0       1       2

import type { Link } from './link.ts'

/** A node: the keys of one height in a range, with their values, and the subtrees around them. */
export interface MstNode {
  /** The height of its keys; of a node without keys, how far it is above the lowest layer. */
  readonly height: number
  /** In ascending order. Empty only between two nodes that have a key. */
  readonly keys: readonly string[]
  readonly values: readonly Link[]
  /** Before each key the subtree with the same index, and one more behind the last. */
  readonly trees: readonly Tree[]
  /** What was read, of a node that was read or made of one; its links lie in its block. */
  readonly source: NodeSource | undefined
}

/** A node as it was read. */
export interface NodeSource extends Pick<MstNode, 'keys' | 'values' | 'trees'> {
  readonly block: Uint8Array
}

/** A key with its value. */
export interface Entry {
  readonly key: string
  readonly value: Link
}

/** A part of a tree, or a whole one. One that is empty is undefined. */
export type Tree = Subtree | undefined

/**
 * A subtree that is known by its link, by its node, or by both: one that was read gets its node when
 * somebody looks into it, one that was made gets its link when somebody asks for it.
 */
export class Subtree {
  readonly height: number
  node: MstNode | undefined
  link: Link | undefined
  /** Whether its blocks are where it was read from, or were saved since it was made here. */
  isSaved: boolean

  constructor(height: number, node: MstNode | undefined, link: Link | undefined) {
    this.height = height
    this.node = node
    this.link = link
    this.isSaved = link !== undefined
  }
}

/** The index of the first key that is not before another. */
export function indexOfKey({ keys }: MstNode, key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

/** The keys between two others, neither of which is in it; undefined where there is no bound. */
export interface KeyRange {
  readonly after: string | undefined
  readonly before: string | undefined
}

/** All keys. */
export const WHOLE_RANGE: KeyRange = { after: undefined, before: undefined }

/** The range of the subtree at an index of a node with a range. */
export function childRange({ keys }: MstNode, index: number, range: KeyRange): KeyRange {
  const after = index === 0 ? range.after : keys[index - 1]
  const before = index === keys.length ? range.before : keys[index]
  return { after, before }
}
