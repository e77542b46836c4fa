// Nodes of the tree to bytes, as mst-node-decode.ts lays them out.

import { LINK_BYTES, LINK_HEAD_BYTES, linkTo } from './link.ts'
import type { Link } from './link.ts'
import type { MstNode, NodeSource, Subtree, Tree } from './mst-node.ts'

// Of a node: its head, the two names, and the subtree before all keys. Of an entry besides its suffix:
// two links with their heads, the names of the fields, and the heads of suffix and length.
const NODE_BYTES: number = 16 + LINK_HEAD_BYTES + LINK_BYTES
const ENTRY_BYTES: number = 16 + 2 * (LINK_HEAD_BYTES + LINK_BYTES)

// What is written next; to allocate an array for each node would take longer than to hash it.
let scratch = new Uint8Array(16 * 1024)

/** The one node of an empty tree. */
export const EMPTY_NODE: MstNode = {
  height: 0,
  keys: [],
  values: [],
  trees: [undefined],
  source: undefined,
}

/** The encoding of a node. Its subtrees have their links already. */
export function encodeNode(node: MstNode): Uint8Array<ArrayBuffer> {
  return writeNode(node).slice()
}

/** The encoding of a node, in an array that the next one is written into, too. */
function writeNode(node: MstNode): Uint8Array<ArrayBuffer> {
  const { source } = node
  const isPatch = source && hasLayout(node, source)
  const room = isPatch ? source.block.length : maxBytes(node)
  if (scratch.length < room) scratch = new Uint8Array(2 * room)
  const end = isPatch ? patchSource(node, source, scratch) : writeWhole(node, scratch)
  return scratch.subarray(0, end)
}

function maxBytes({ keys }: MstNode): number {
  return keys.reduce((sum, { length }) => sum + length + ENTRY_BYTES, NODE_BYTES)
}

/**
 * Most nodes that an edit makes differ from one that was read in a link or two, and have the same
 * encoding but for those.
 */
function hasLayout({ keys, trees }: MstNode, source: NodeSource): boolean {
  if (keys !== source.keys) return false
  for (let i = 0; i < trees.length; i++) {
    if (!trees[i] !== !source.trees[i]) return false
  }
  return true
}

// All that follow write at an offset of the bytes, and return the offset behind what they wrote.

function patchSource({ values, trees }: MstNode, source: NodeSource, into: Uint8Array): number {
  into.set(source.block)
  for (let i = 0; i < trees.length; i++) {
    const tree = trees[i]
    const old = source.trees[i]
    if (tree && tree !== old) copyLink(tree.link!, into, old!.link!.at)
  }
  if (values !== source.values) {
    for (let i = 0; i < values.length; i++) copyLink(values[i]!, into, source.values[i]!.at)
  }
  return source.block.length
}

function writeWhole({ keys, values, trees }: MstNode, into: Uint8Array): number {
  into[0] = 0xa2
  let at = writeHead(into, writeName(into, 1, 0x65), 0x80, keys.length)
  let before = ''
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry]!
    const shared = sharedLength(before, key)
    into[at] = 0xa4
    at = writeHead(into, writeName(into, at + 1, 0x6b), 0x40, key.length - shared)
    for (let i = shared; i < key.length; i++) into[at++] = key.charCodeAt(i)
    at = writeHead(into, writeName(into, at, 0x70), 0x00, shared)
    at = writeTree(into, writeName(into, at, 0x74), trees[entry + 1])
    at = writeLink(into, writeName(into, at, 0x76), values[entry]!)
    before = key
  }
  return writeTree(into, writeName(into, at, 0x6c), trees[0])
}

function writeTree(into: Uint8Array, at: number, tree: Tree): number {
  if (tree) return writeLink(into, at, tree.link!)
  into[at] = 0xf6
  return at + 1
}

function writeLink(into: Uint8Array, at: number, link: Link): number {
  into[at] = 0xd8
  into[at + 1] = 0x2a
  into[at + 2] = 0x58
  into[at + 3] = LINK_BYTES + 1
  into[at + 4] = 0
  return copyLink(link, into, at + LINK_HEAD_BYTES)
}

function copyLink({ bytes, at: start }: Link, into: Uint8Array, at: number): number {
  for (let i = 0; i < LINK_BYTES; i++) into[at + i] = bytes[start + i]!
  return at + LINK_BYTES
}

function writeHead(into: Uint8Array, at: number, major: number, argument: number): number {
  if (argument < 24) {
    into[at] = major | argument
    return at + 1
  }
  let behind = at + 1
  if (argument < 256) {
    into[at] = major | 24
  } else {
    into[at] = major | 25
    into[behind++] = argument >> 8
  }
  into[behind] = argument
  return behind + 1
}

function writeName(into: Uint8Array, at: number, letter: number): number {
  into[at] = 0x61
  into[at + 1] = letter
  return at + 2
}

/** The link of a subtree. Of one that was made here, its node and those below are encoded first. */
export function linkOf(tree: Subtree): Link {
  return (tree.link ??= linkOfNode(tree.node!))
}

/** The link of a whole tree, also of an empty one. */
export function linkOfTop(top: Tree): Link {
  return top ? linkOf(top) : linkTo(writeNode(EMPTY_NODE))
}

/** How many characters two keys have in common at their beginning. */
export function sharedLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let shared = 0
  while (shared < length && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++
  return shared
}

function linkOfNode(node: MstNode): Link {
  for (const child of node.trees) {
    if (child) linkOf(child)
  }
  return linkTo(writeNode(node))
}
