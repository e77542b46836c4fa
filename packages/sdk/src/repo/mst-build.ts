// A tree from all its entries at once, from the bottom up: each node is made when its last key is
// known, and only once.

import type { Addition } from './mst-edit.ts'
import type { Link } from './link.ts'
import { Subtree } from './mst-node.ts'
import type { Tree } from './mst-node.ts'

/** A node that may still get keys. */
interface OpenNode {
  keys: string[]
  values: Link[]
  trees: Tree[]
}

/** Builds a tree from entries that come in ascending order of their keys, each key once. */
export class MstBuilder {
  // One for each layer, from the lowest to that of the highest key so far.
  readonly #open: OpenNode[] = []

  /** Adds the next entry. */
  add({ key, height, value }: Addition): void {
    while (this.#open.length <= height) this.#open.push(openNode())
    const below = this.#close(height)
    const { keys, values, trees } = this.#open[height]!
    trees[keys.length] = below
    keys.push(key)
    values.push(value)
    trees.push(undefined)
  }

  /** The tree; undefined where there were no entries. */
  finish(): Tree {
    return this.#close(this.#open.length)
  }

  /** Ends the nodes of all layers below a height, and gives the uppermost. */
  #close(height: number): Tree {
    let below: Tree
    for (let layer = 0; layer < height; layer++) {
      const { keys, values, trees } = this.#open[layer]!
      if (!below && keys.length === 0) continue
      trees[keys.length] = below
      below = new Subtree(
        layer,
        { height: layer, keys, values, trees, source: undefined },
        undefined,
      )
      this.#open[layer] = openNode()
    }
    return below
  }
}

function openNode(): OpenNode {
  return { keys: [], values: [], trees: [undefined] }
}
