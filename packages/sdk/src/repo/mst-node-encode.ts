// Nodes of the tree to bytes, as mst-node-decode.ts lays them out.

import { sha256 } from '../base/index.ts'
import { CODEC_DAG_CBOR } from '../data/index.ts'
import { LINK_BYTES, linkToDigest } from './link.ts'
import type { Link } from './link.ts'
import { MAX_KEY_LENGTH } from './mst-key.ts'
import type { MstNode, NodeSource, Subtree, Tree } from './mst-node.ts'

// Two links with their heads, the names of the fields, and the heads of suffix and length.
const MAX_ENTRY_BYTES: number = MAX_KEY_LENGTH + 2 * (LINK_BYTES + 5) + 16

let out = new Uint8Array(16 * 1024)
let at = 0

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
  at = 0
  if (source && hasLayout(node, source)) patchSource(node, source)
  else writeWhole(node)
  return out.subarray(0, at)
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

function patchSource({ values, trees }: MstNode, source: NodeSource): void {
  const { block } = source
  while (out.length < block.length) grow()
  out.set(block)
  at = block.length
  for (let i = 0; i < trees.length; i++) {
    const tree = trees[i]
    const old = source.trees[i]
    if (tree && tree !== old) copyLink(tree.link!, old!.link!.at)
  }
  if (values === source.values) return
  for (let i = 0; i < values.length; i++) copyLink(values[i]!, source.values[i]!.at)
}

function writeWhole({ keys, values, trees }: MstNode): void {
  writeByte(0xa2)
  writeName(0x65)
  writeHead(0x80, keys.length)
  let before = ''
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry]!
    if (out.length - at < 2 * MAX_ENTRY_BYTES) grow()
    const shared = sharedLength(before, key)
    writeByte(0xa4)
    writeName(0x6b)
    writeHead(0x40, key.length - shared)
    for (let i = shared; i < key.length; i++) out[at++] = key.charCodeAt(i)
    writeName(0x70)
    writeHead(0x00, shared)
    writeName(0x74)
    writeSubtree(trees[entry + 1])
    writeName(0x76)
    writeLink(values[entry]!)
    before = key
  }
  writeName(0x6c)
  writeSubtree(trees[0])
}

/** The link of a subtree. Of one that was made here, its node and those below are encoded first. */
export function linkOf(tree: Subtree): Link {
  return (tree.link ??= linkOfNode(tree.node!))
}

/** The link of a whole tree, also of an empty one. */
export function linkOfTop(top: Tree): Link {
  return top ? linkOf(top) : linkToDigest(CODEC_DAG_CBOR, sha256(encodeNode(EMPTY_NODE)))
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
  return linkToDigest(CODEC_DAG_CBOR, sha256(writeNode(node)))
}

function writeSubtree(tree: Tree): void {
  if (tree) writeLink(tree.link!)
  else writeByte(0xf6)
}

function writeLink(link: Link): void {
  out[at] = 0xd8
  out[at + 1] = 0x2a
  out[at + 2] = 0x58
  out[at + 3] = LINK_BYTES + 1
  out[at + 4] = 0
  at += 5
  copyLink(link, at)
  at += LINK_BYTES
}

function copyLink({ bytes, at: start }: Link, offset: number): void {
  const into = out
  for (let i = 0; i < LINK_BYTES; i++) into[offset + i] = bytes[start + i]!
}

function writeHead(major: number, argument: number): void {
  if (argument < 24) return writeByte(major | argument)
  if (argument < 256) {
    writeByte(major | 24)
  } else {
    writeByte(major | 25)
    writeByte(argument >> 8)
  }
  writeByte(argument & 0xff)
}

function writeName(letter: number): void {
  writeByte(0x61)
  writeByte(letter)
}

function writeByte(byte: number): void {
  out[at++] = byte
}

/** To allocate an array for each node would take longer than to hash it. */
function grow(): void {
  const larger = new Uint8Array(2 * out.length)
  larger.set(out.subarray(0, at))
  out = larger
}
