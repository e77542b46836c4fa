// A tree from all its entries at once, from the bottom up: each node is made when its last key is
// known, and only once.

import type { Addition } from './mst-edit.ts'
import { Subtree } from './mst-node.ts'
import type { Entry } from './mst-node.ts'

/** A node that may still get keys. */
interface OpenNode {
  left: Subtree | undefined
  entries: Entry[]
}

/** Builds a tree from entries that come in ascending order of their keys, each key once. */
export class MstBuilder {
  // One for each layer, from the lowest to that of the highest key so far.
  readonly #open: OpenNode[] = []

  /** Adds the next entry. */
  add({ key, height, value }: Addition): void {
    while (this.#open.length <= height) this.#open.push({ left: undefined, entries: [] })
    const below = this.#close(height)
    const node = this.#open[height]!
    hang(node, below)
    node.entries.push({ key, value, tree: undefined })
  }

  /** The tree; undefined where there were no entries. */
  finish(): Subtree | undefined {
    return this.#close(this.#open.length)
  }

  /** Ends the nodes of all layers below a height, and gives the uppermost. */
  #close(height: number): Subtree | undefined {
    let below: Subtree | undefined
    for (let layer = 0; layer < height; layer++) {
      const node = this.#open[layer]!
      hang(node, below)
      const { left, entries } = node
      below =
        left || entries.length > 0
          ? new Subtree(layer, { height: layer, left, entries, source: undefined }, undefined)
          : undefined
      this.#open[layer] = { left: undefined, entries: [] }
    }
    return below
  }
}

/** Puts a subtree behind the last key of a node. */
function hang(node: OpenNode, tree: Subtree | undefined): void {
  const last = node.entries.at(-1)
  if (!tree) return
  if (last) node.entries[node.entries.length - 1] = { ...last, tree }
  else node.left = tree
}
