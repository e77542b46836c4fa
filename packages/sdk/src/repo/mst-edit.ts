// Changes to a tree, each of which gives a new tree and leaves the one before as it was.
//
// Where a key comes in between, the subtree around it is split in two; where it goes, the two are
// merged. What does not change is shared, with its link, and its block is not even read.

import { equalLinks } from './link.ts'
import type { Link } from './link.ts'
import { keptNode } from './mst-load.ts'
import type { Blocks } from './mst-load.ts'
import { childAt, childRange, indexOfKey, Subtree, WHOLE_RANGE } from './mst-node.ts'
import type { Entry, KeyRange, MstNode } from './mst-node.ts'

type Tree = Subtree | undefined
type Halves = readonly [before: Tree, after: Tree]

/** A key that goes into a tree, with its height and its value. */
export interface Addition {
  readonly key: string
  readonly height: number
  readonly value: Link
}

/** Changes trees whose nodes are read from the same blocks. An empty tree is undefined. */
export class MstEditor {
  readonly #blocks: Blocks

  constructor(blocks: Blocks) {
    this.#blocks = blocks
  }

  /** The tree in which a key has a value; the same one, where it had it already. */
  set(top: Tree, addition: Addition): Subtree {
    if (!top) return made(leaf(addition))
    if (top.height >= addition.height) return this.#put(top, addition, WHOLE_RANGE)
    const above = newNode(addition.height, raised(top, addition.height), [])
    return this.#insert(above, 0, addition, WHOLE_RANGE)
  }

  /** The tree without a key of a height; the same one, where the key was not in it. */
  delete(top: Tree, key: string, height: number): Tree {
    let tree = top && this.#remove(top, key, height, WHOLE_RANGE)
    if (tree === top) return top
    // The top of a tree has a key: nodes without one are only there between others.
    while (tree && this.#read(tree, WHOLE_RANGE).entries.length === 0) tree = tree.node!.left
    return tree
  }

  #put(tree: Subtree, addition: Addition, range: KeyRange): Subtree {
    const node = this.#read(tree, range)
    const { key, height, value } = addition
    const index = indexOfKey(node, key)
    if (node.height > height) {
      const child = childAt(node, index)
      const changed = child
        ? this.#put(child, addition, childRange(node, index, range))
        : raised(made(leaf(addition)), node.height)
      return changed === child ? tree : made(withChild(node, index, changed))
    }
    const entry = node.entries[index]
    if (entry?.key !== key) return this.#insert(node, index, addition, range)
    if (equalLinks(entry.value, value)) return tree
    return made({ ...node, entries: node.entries.with(index, { ...entry, value }) })
  }

  /** Puts a key into a node of its height. The subtree that was in its place is split around it. */
  #insert(node: MstNode, index: number, { key, value }: Addition, range: KeyRange): Subtree {
    const [left, tree] = this.#split(childAt(node, index), key, childRange(node, index, range))
    const parted = withChild(node, index, left)
    return made({ ...parted, entries: parted.entries.toSpliced(index, 0, { key, value, tree }) })
  }

  #remove(tree: Subtree, key: string, height: number, range: KeyRange): Tree {
    const node = this.#read(tree, range)
    const index = indexOfKey(node, key)
    if (node.height > height) {
      const child = childAt(node, index)
      const changed = child && this.#remove(child, key, height, childRange(node, index, range))
      return changed === child ? tree : pruned(withChild(node, index, changed))
    }
    if (node.entries[index]?.key !== key) return tree
    const merged = this.#merge(
      childAt(node, index),
      childAt(node, index + 1),
      childRange(node, index, range),
      childRange(node, index + 1, range),
    )
    const parted = { ...node, entries: node.entries.toSpliced(index, 1) }
    return pruned(withChild(parted, index, merged))
  }

  /** The parts of a tree before and after a key that is not in it. */
  #split(tree: Tree, key: string, range: KeyRange): Halves {
    if (!tree) return [undefined, undefined]
    const node = this.#read(tree, range)
    const index = indexOfKey(node, key)
    const [before, after] = this.#split(childAt(node, index), key, childRange(node, index, range))
    const { entries } = node
    if (!after && index === entries.length) return [tree, undefined]
    if (!before && index === 0) return [undefined, tree]
    return [
      pruned(withChild({ ...node, entries: entries.slice(0, index) }, index, before)),
      pruned({ ...node, left: after, entries: entries.slice(index) }),
    ]
  }

  /** One tree of two neighbours of the same height. */
  #merge(before: Tree, after: Tree, beforeRange: KeyRange, afterRange: KeyRange): Tree {
    if (!before) return after
    if (!after) return before
    const first = this.#read(before, beforeRange)
    const second = this.#read(after, afterRange)
    const end = first.entries.length
    const middle = this.#merge(
      childAt(first, end),
      second.left,
      childRange(first, end, beforeRange),
      childRange(second, 0, afterRange),
    )
    const parted = withChild(first, end, middle)
    return made({ ...parted, entries: [...parted.entries, ...second.entries] })
  }

  #read(tree: Subtree, range: KeyRange): MstNode {
    return keptNode(tree, this.#blocks, range)
  }
}

/** The subtree that begins at a node made here. */
export function made(node: MstNode): Subtree {
  return new Subtree(node.height, node, undefined)
}

function newNode(height: number, left: Tree, entries: readonly Entry[]): MstNode {
  return { height, left, entries, source: undefined }
}

function leaf({ key, height, value }: Addition): MstNode {
  return newNode(height, undefined, [{ key, value, tree: undefined }])
}

/** A tree below as many nodes without keys as it takes to stand in a node of a height. */
function raised(tree: Subtree, height: number): Subtree {
  let top = tree
  while (top.height < height - 1) top = made(newNode(top.height + 1, top, []))
  return top
}

/** A node that has nothing in it is left out. */
function pruned(node: MstNode): Tree {
  return node.left || node.entries.length > 0 ? made(node) : undefined
}

function withChild(node: MstNode, index: number, tree: Tree): MstNode {
  if (index === 0) return { ...node, left: tree }
  const entry = node.entries[index - 1]!
  return { ...node, entries: node.entries.with(index - 1, { ...entry, tree }) }
}
