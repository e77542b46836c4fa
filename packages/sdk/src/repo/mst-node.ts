// The nodes of the tree in memory. They never change: an edit makes new nodes along one path and
// shares all others with the tree before.
//
//   left   entry        entry        entry
//    │    key value    key value    key value
//    │         └─ tree      └─ tree      └─ tree      subtrees, one layer lower, or none

import type { Link } from './link.ts'

/** A key with its value, and the subtree of the keys between it and the next one. */
export interface Entry {
  readonly key: string
  readonly value: Link
  readonly tree: Subtree | undefined
}

/** A node: the keys of one height in a range, and the subtrees around them. */
export interface MstNode {
  /** The height of its keys; of a node without keys, how far it is above the lowest layer. */
  readonly height: number
  /** The subtree of the keys before the first one. */
  readonly left: Subtree | undefined
  /** In ascending order of their keys. Empty only between two nodes that have a key. */
  readonly entries: readonly Entry[]
  /** What was read, of a node that was read or made of one; its links lie in its block. */
  readonly source: NodeSource | undefined
}

/** A node as it was read. */
export interface NodeSource {
  readonly block: Uint8Array
  readonly left: Subtree | undefined
  readonly entries: readonly Entry[]
}

/**
 * A subtree that is known by its link, by its node, or by both: one that was read gets its node when
 * somebody looks into it, one that was made gets its link when somebody asks for it.
 */
export class Subtree {
  readonly height: number
  node: MstNode | undefined
  link: Link | undefined
  /** The encoded node, where it was made here. */
  block: Uint8Array | undefined

  constructor(height: number, node: MstNode | undefined, link: Link | undefined) {
    this.height = height
    this.node = node
    this.link = link
    this.block = undefined
  }
}

/** The subtree before the entry with an index; behind the last entry, where that is their number. */
export function childAt(node: MstNode, index: number): Subtree | undefined {
  return index === 0 ? node.left : node.entries[index - 1]!.tree
}

/** The index of the first entry whose key is not before another key. */
export function indexOfKey(node: MstNode, key: string): number {
  const { entries } = node
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.key < key) low = middle + 1
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

/** The range of the subtree at an index, as of {@link childAt}, in a node with a range. */
export function childRange({ entries }: MstNode, index: number, range: KeyRange): KeyRange {
  const after = index === 0 ? range.after : entries[index - 1]!.key
  const before = index === entries.length ? range.before : entries[index]!.key
  return { after, before }
}
