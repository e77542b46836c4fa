// Nodes of the tree from their bytes. A node has exactly one encoding, which is read as it is laid
// out, without values of the data model in between:
//
//   a2                                    map of two
//     61 "e"  8n | 98 n | 99 nn           list of entries
//       a4                                map of four
//         61 "k"  suffix                  bytes: the key without what it shares with the one before
//         61 "p"  length                  of what it shares, in bytes
//         61 "t"  link | f6               the subtree behind it, or null
//         61 "v"  link                    its value
//     61 "l"  link | f6                   the subtree before all keys, or null
//
//   link: d8 2a (tag 42), 58 25 (37 bytes), 00, then the 36 bytes of the CID

import { latin1Text } from '../base/index.ts'
import { CODEC_DAG_CBOR } from '../data/index.ts'
import { isCborLinkAt, LINK_BYTES, LINK_HEAD_BYTES } from './link.ts'
import type { Link } from './link.ts'
import { heightFault, invalidKey, MAX_KEY_LENGTH, mstKeyHeight } from './mst-key.ts'
import { Subtree } from './mst-node.ts'
import type { MstNode, Tree } from './mst-node.ts'
import { RepoError } from './repo-error.ts'
import type { RepoErrorCode } from './repo-error.ts'

/** Of which keys of a node it is checked that they have its height. */
export type HeightCheck = 'all' | 'first'

/**
 * The most keys that a node may have. Of random keys, as hashes make them, a node in 10^127 has more:
 * a larger one was made to be slow.
 */
export const MAX_NODE_ENTRIES = 1024

const SLASH = 2
const characters = new Uint8Array(256)
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:~-') {
  characters[letter.charCodeAt(0)] = 1
}
characters['/'.charCodeAt(0)] = SLASH

const NOTHING = new Uint8Array()

// The state of the one decoding that is going on; it calls nothing that could begin another.
let block: Uint8Array = NOTHING
let at = 0
const key = new Uint8Array(MAX_KEY_LENGTH)
let keyLength = 0
let slashAt = -1

/**
 * The node that a block holds, with its keys in order and each at its own height. Whether they lie in
 * the range that the tree leaves to the node is up to the caller.
 *
 * @param height The height that its place in the tree gives it; undefined for the top of a tree.
 * @param heights Of which keys the height is checked. To hash them all takes longer than the rest.
 * @throws {RepoError} `malformed-node`, `node-too-large`, `node-height`, `empty-node`, `key-order`,
 * `duplicate-key`, `key-prefix`, `key-height`, `invalid-key`
 */
export function decodeNode(
  bytes: Uint8Array,
  height: number | undefined,
  heights: HeightCheck = 'all',
): MstNode {
  block = bytes
  at = 0
  keyLength = 0
  slashAt = -1
  try {
    return readNode(height, heights)
  } finally {
    block = NOTHING
  }
}

function readNode(expected: number | undefined, heights: HeightCheck): MstNode {
  expect(0xa2)
  expectName(0x65)
  const count = readArgument(0x80)
  if (count > MAX_NODE_ENTRIES) {
    fail('node-too-large', `A node of the tree has over ${MAX_NODE_ENTRIES} keys`)
  }
  let height = expected
  const keys: string[] = []
  const values: Link[] = []
  const trees: Tree[] = [undefined]
  for (let i = 0; i < count; i++) {
    expect(0xa4)
    expectName(0x6b)
    const text = readKey(i === 0)
    if (i === 0 || heights === 'all') {
      const keyHeight = mstKeyHeight(text)
      if (keyHeight !== (height ??= keyHeight)) throw heightFault(text, keyHeight, height)
    }
    keys.push(text)
    expectName(0x74)
    trees.push(readSubtree(height!))
    expectName(0x76)
    values.push(readLink())
  }
  expectName(0x6c)
  const left = (trees[0] = readSubtree(height ?? 1))
  if (at !== block.length) fail('malformed-node', 'There are bytes after a node of the tree')
  if (count === 0 && (expected === undefined) !== (left === undefined)) {
    fail('empty-node', 'A node without keys is neither between two others nor the whole tree')
  }
  return { height: height ?? 0, keys, values, trees, source: { block, keys, values, trees } }
}

/** Reads a suffix and how much comes before it, of which the order of the keys follows. */
function readKey(isFirst: boolean): string {
  const length = readArgument(0x40)
  const start = at
  at += length
  expectName(0x70)
  const shared = readArgument(0x00)
  const end = shared + length
  if (isFirst ? shared > 0 : shared > keyLength) {
    fail('key-prefix', 'A key shares more with the one before than that has')
  }
  if (end > MAX_KEY_LENGTH) fail('invalid-key', `A key has over ${MAX_KEY_LENGTH} characters`)
  if (!isFirst) checkOrder(shared, length, start)
  if (slashAt >= shared) slashAt = -1
  let valid = true
  for (let i = 0; i < length; i++) {
    const letter = block[start + i]!
    const kind = characters[letter]!
    if (kind !== 1) {
      if (kind === 0 || slashAt >= 0) valid = false
      slashAt = shared + i
    }
    key[shared + i] = letter
  }
  keyLength = end
  const text = latin1Text(key, 0, end)
  if (!valid || slashAt < 1 || slashAt === end - 1) throw invalidKey(text)
  return text
}

/** Only the first byte that is not shared decides, and it has to be there to differ. */
function checkOrder(shared: number, length: number, start: number): void {
  const before = shared === keyLength ? -1 : key[shared]!
  const after = length === 0 ? -1 : block[start]!
  if (after > before) return
  if (after < before) fail('key-order', 'The keys of a node are not in order')
  if (after === -1) fail('duplicate-key', 'A node has a key twice')
  fail('key-prefix', 'A key shares more with the one before than it says')
}

function readSubtree(height: number): Tree {
  if (block[at] === 0xf6) {
    at++
    return undefined
  }
  const link = readLink()
  if (block[link.at + 1] !== CODEC_DAG_CBOR) {
    fail('malformed-node', 'A node links to something that is not a node')
  }
  if (height === 0) fail('node-height', 'A node of the lowest layer has a subtree')
  return new Subtree(height - 1, undefined, link)
}

function readLink(): Link {
  const start = at + LINK_HEAD_BYTES
  if (!isCborLinkAt(block, at) || start + LINK_BYTES > block.length) malformed()
  at = start + LINK_BYTES
  return { bytes: block, at: start }
}

/** Reads a head of a major type, given by its highest three bits. None here is beyond 16 bits. */
function readArgument(major: number): number {
  const info = block[at++]! - major
  if (info >= 0 && info < 24) return info
  if (info === 24) {
    const value = block[at++]!
    if (value >= 24) return value
  } else if (info === 25) {
    const value = block[at]! * 256 + block[at + 1]!
    at += 2
    if (value >= 256) return value
  }
  return malformed()
}

/** Reads the name of a field, which is a text of one letter. */
function expectName(letter: number): void {
  if (block[at] !== 0x61 || block[at + 1] !== letter) malformed()
  at += 2
}

function expect(byte: number): void {
  if (block[at++] !== byte) malformed()
}

function malformed(): never {
  return fail('malformed-node', 'A block is not a node of the tree')
}

function fail(code: RepoErrorCode, message: string, path?: string): never {
  throw new RepoError(message, { code, ...(path !== undefined && { path }) })
}
