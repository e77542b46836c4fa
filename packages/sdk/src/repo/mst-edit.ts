// Changes to a tree, each of which gives a new tree and leaves the one before as it was.
//
// Where a key comes in between, the subtree around it is split in two; where it goes, the two are
// merged. What does not change is shared, with its link, and its block is not even read.

import { equalLinks } from './link.ts'
import type { Link } from './link.ts'
import { keptNode } from './mst-load.ts'
import type { Blocks } from './mst-load.ts'
import { childRange, indexOfKey, Subtree, WHOLE_RANGE } from './mst-node.ts'
import type { Entry, KeyRange, MstNode, Tree } from './mst-node.ts'

type Halves = readonly [before: Tree, after: Tree]

/** A key that goes into a tree, with its height and its value. */
export interface Addition extends Entry {
  readonly height: number
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
    const above = newNode(addition.height, [], [], [raised(top, addition.height)])
    return this.#insert(above, 0, addition, WHOLE_RANGE)
  }

  /** The tree without a key of a height; the same one, where the key was not in it. */
  delete(top: Tree, key: string, height: number): Tree {
    let tree = top && this.#remove(top, key, height, WHOLE_RANGE)
    if (tree === top) return top
    // The top of a tree has a key: nodes without one are only there between others.
    while (tree && this.#read(tree, WHOLE_RANGE).keys.length === 0) tree = tree.node!.trees[0]
    return tree
  }

  #put(tree: Subtree, addition: Addition, range: KeyRange): Subtree {
    const node = this.#read(tree, range)
    const { key, height, value } = addition
    const index = indexOfKey(node, key)
    if (node.height > height) {
      const child = node.trees[index]
      const changed = child
        ? this.#put(child, addition, childRange(node, index, range))
        : raised(made(leaf(addition)), node.height)
      return changed === child ? tree : made(withTree(node, index, changed))
    }
    if (node.keys[index] !== key) return this.#insert(node, index, addition, range)
    if (equalLinks(node.values[index]!, value)) return tree
    return made({ ...node, values: node.values.with(index, value) })
  }

  /** Puts a key into a node of its height. The subtree that was in its place is split around it. */
  #insert(node: MstNode, index: number, { key, value }: Entry, range: KeyRange): Subtree {
    const { height, keys, values, trees } = node
    const halves = this.#split(trees[index], key, childRange(node, index, range))
    return made(
      newNode(
        height,
        keys.toSpliced(index, 0, key),
        values.toSpliced(index, 0, value),
        trees.toSpliced(index, 1, ...halves),
      ),
    )
  }

  #remove(tree: Subtree, key: string, height: number, range: KeyRange): Tree {
    const node = this.#read(tree, range)
    const index = indexOfKey(node, key)
    if (node.height > height) {
      const child = node.trees[index]
      const changed = child && this.#remove(child, key, height, childRange(node, index, range))
      return changed === child ? tree : pruned(withTree(node, index, changed))
    }
    const { keys, values, trees } = node
    if (keys[index] !== key) return tree
    const merged = this.#merge(
      trees[index],
      trees[index + 1],
      childRange(node, index, range),
      childRange(node, index + 1, range),
    )
    return pruned(
      newNode(
        height,
        keys.toSpliced(index, 1),
        values.toSpliced(index, 1),
        trees.toSpliced(index, 2, merged),
      ),
    )
  }

  /** The parts of a tree before and after a key that is not in it. */
  #split(tree: Tree, key: string, range: KeyRange): Halves {
    if (!tree) return [undefined, undefined]
    const node = this.#read(tree, range)
    const index = indexOfKey(node, key)
    const { height, keys, values, trees } = node
    const [before, after] = this.#split(trees[index], key, childRange(node, index, range))
    if (!after && index === keys.length) return [tree, undefined]
    if (!before && index === 0) return [undefined, tree]
    return [
      pruned(
        newNode(height, keys.slice(0, index), values.slice(0, index), [
          ...trees.slice(0, index),
          before,
        ]),
      ),
      pruned(
        newNode(height, keys.slice(index), values.slice(index), [after, ...trees.slice(index + 1)]),
      ),
    ]
  }

  /** One tree of two neighbours of the same height. */
  #merge(before: Tree, after: Tree, beforeRange: KeyRange, afterRange: KeyRange): Tree {
    if (!before) return after
    if (!after) return before
    const first = this.#read(before, beforeRange)
    const second = this.#read(after, afterRange)
    const end = first.keys.length
    const middle = this.#merge(
      first.trees[end],
      second.trees[0],
      childRange(first, end, beforeRange),
      childRange(second, 0, afterRange),
    )
    return made(
      newNode(
        first.height,
        [...first.keys, ...second.keys],
        [...first.values, ...second.values],
        [...first.trees.slice(0, end), middle, ...second.trees.slice(1)],
      ),
    )
  }

  #read(tree: Subtree, range: KeyRange): MstNode {
    return keptNode(tree, this.#blocks, range)
  }
}

/** The subtree that begins at a node made here. */
export function made(node: MstNode): Subtree {
  return new Subtree(node.height, node, undefined)
}

function newNode(
  height: number,
  keys: readonly string[],
  values: readonly Link[],
  trees: readonly Tree[],
): MstNode {
  return { height, keys, values, trees, source: undefined }
}

function leaf({ key, height, value }: Addition): MstNode {
  return newNode(height, [key], [value], [undefined, undefined])
}

/** A tree below as many nodes without keys as it takes to stand in a node of a height. */
function raised(tree: Subtree, height: number): Subtree {
  let top = tree
  while (top.height < height - 1) top = made(newNode(top.height + 1, [], [], [top]))
  return top
}

/** A node that has nothing in it is left out. */
function pruned(node: MstNode): Tree {
  return node.keys.length > 0 || node.trees[0] ? made(node) : undefined
}

function withTree(
  { height, keys, values, trees, source }: MstNode,
  index: number,
  tree: Tree,
): MstNode {
  return { height, keys, values, trees: trees.with(index, tree), source }
}
