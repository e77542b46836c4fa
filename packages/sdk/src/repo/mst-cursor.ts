// A walk through a tree in the order of its keys, which goes into the subtrees it is told to.

import { readNode } from './mst-load.ts'
import type { Blocks } from './mst-load.ts'
import { childRange, indexOfKey, WHOLE_RANGE } from './mst-node.ts'
import type { Entry, KeyRange, MstNode, Subtree } from './mst-node.ts'

/** A node on the way from the top to where the walk is. */
interface Step {
  node: MstNode
  range: KeyRange
  /** Where in the node: 2i is the subtree before the entry i, and 2i+1 that entry. */
  position: number
}

/** Stands before a subtree, at an entry, or at the end. Nodes behind it are not kept. */
export class MstCursor {
  /** The subtree or the entry that is next; undefined at the end. */
  current: Subtree | Entry | undefined

  readonly #blocks: Blocks
  readonly #steps: Step[] = []

  constructor(top: Subtree | undefined, blocks: Blocks) {
    this.#blocks = blocks
    this.current = top
  }

  /** Goes into the subtree that it stands before; with a key, past all that comes before that. */
  enter(from?: string): void {
    const tree = this.current as Subtree
    const step = this.#steps.at(-1)
    const range = step ? childRange(step.node, step.position >> 1, step.range) : WHOLE_RANGE
    const node = readNode(tree, this.#blocks, range)
    const index = from === undefined ? 0 : indexOfKey(node, from)
    const isThere = from !== undefined && node.keys[index] === from
    this.#steps.push({ node, range, position: 2 * index + (isThere ? 0 : -1) })
    this.skip()
  }

  /** Goes past the subtree or the entry. */
  skip(): void {
    for (let step = this.#steps.at(-1); step; step = this.#steps.at(-1)) {
      const { node } = step
      step.position++
      const index = step.position >> 1
      if ((step.position & 1) === 0) {
        this.current = node.trees[index]
        if (this.current) return
        step.position++
      }
      const key = node.keys[index]
      if (key !== undefined) {
        this.current = { key, value: node.values[index]! }
        return
      }
      this.#steps.pop()
    }
    this.current = undefined
  }
}
