// Nodes that are read when somebody looks into them.

import { hasSha256 } from '../base/index.ts'
import type { BlockSource } from './block-store.ts'
import { DIGEST_OFFSET, formatLink } from './link.ts'
import type { Link } from './link.ts'
import { decodeNode } from './mst-node-decode.ts'
import { childRange, indexOfKey, Subtree, WHOLE_RANGE } from './mst-node.ts'
import type { KeyRange, MstNode, Tree } from './mst-node.ts'
import { RepoError } from './repo-error.ts'

/** Gives the bytes of blocks, whose hashes have been checked. */
export interface Blocks {
  find(link: Link): Uint8Array | undefined
  /** False where the heights of keys are found out otherwise, and not checked as nodes are read. */
  readonly checkHeights?: boolean
}

/** The blocks of a store, which is not trusted to give the right bytes. */
export function checkedBlocks(source: BlockSource): Blocks {
  return {
    find(link) {
      const cid = formatLink(link)
      const bytes = source.get(cid)
      if (bytes && !hasSha256(bytes, link.bytes, link.at + DIGEST_OFFSET)) {
        throw new RepoError(`A block does not have the hash that its CID ${cid} says`, {
          code: 'hash-mismatch',
          cid,
        })
      }
      return bytes
    },
  }
}

/** There are none: for trees that were made in memory. */
export const NO_BLOCKS: Blocks = { find: () => undefined }

/**
 * The node of a subtree whose keys must lie in a range. It is not kept in the subtree, so that
 * a walk through a large tree does not gather it all.
 *
 * @throws {RepoError} `missing-block`, `hash-mismatch`, `key-order`, `duplicate-key`, and what
 * {@link decodeNode} finds.
 */
export function readNode(tree: Subtree, blocks: Blocks, range: KeyRange): MstNode {
  if (tree.node) return tree.node
  const node = decodeNode(findBlock(tree.link!, blocks), tree.height, blocks.checkHeights)
  checkRange(node, range)
  return node
}

/** As {@link readNode}, and the node is kept, to be there the next time. */
export function keptNode(tree: Subtree, blocks: Blocks, range: KeyRange): MstNode {
  return (tree.node ??= readNode(tree, blocks, range))
}

/** The tree that begins at a root; undefined where it is empty. */
export function loadTop(root: Link, blocks: Blocks): Tree {
  const node = decodeNode(findBlock(root, blocks), undefined, blocks.checkHeights)
  return node.keys.length === 0 ? undefined : new Subtree(node.height, node, root)
}

/** Where in a tree a key is. */
export interface FoundKey {
  value: Link
  node: MstNode
  index: number
  /** That of the node. */
  range: KeyRange
}

/** The place of a key, with its value. Looks into the nodes on the way to it, and no others. */
export function findKey(top: Tree, key: string, blocks: Blocks): FoundKey | undefined {
  let range = WHOLE_RANGE
  for (let tree = top; tree;) {
    const node = keptNode(tree, blocks, range)
    const index = indexOfKey(node, key)
    if (node.keys[index] === key) return { value: node.values[index]!, node, index, range }
    range = childRange(node, index, range)
    tree = node.trees[index]
  }
  return undefined
}

/**
 * The block that a link leads to.
 *
 * @throws {RepoError} `missing-block`
 */
export function findBlock(link: Link, blocks: Blocks): Uint8Array {
  return blocks.find(link) ?? missingBlock(link)
}

/** @throws {RepoError} `missing-block` */
export function missingBlock(link: Link, path?: string): never {
  const cid = formatLink(link)
  throw new RepoError(`The block ${cid} is missing`, {
    code: 'missing-block',
    cid,
    ...(path !== undefined && { path }),
  })
}

/** A node's own keys are in order, so that the first and the last decide. */
function checkRange({ keys }: MstNode, { after, before }: KeyRange): void {
  const first = keys[0]
  const last = keys[keys.length - 1]
  if (first === undefined || last === undefined) return
  if (after !== undefined && first <= after) misplaced(first, after)
  if (before !== undefined && last >= before) misplaced(last, before)
}

function misplaced(path: string, bound: string): never {
  throw path === bound
    ? new RepoError('Two nodes have the same key', { code: 'duplicate-key', path })
    : new RepoError('A key is outside of the range of its node', { code: 'key-order', path })
}
