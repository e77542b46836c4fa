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

// The letters of "e", "k", "p", "t", "v" and "l", which name the fields.
const ENTRIES = 0x65
const SUFFIX = 0x6b
const SHARED = 0x70
const TREE = 0x74
const VALUE = 0x76
const LEFT = 0x6c

const NAME_BYTES = 2
const NULL = 0xf6

/** The key that was read last, in place of which the next one is put together. */
const key = new Uint8Array(MAX_KEY_LENGTH)

/**
 * The node that a block holds, with its keys in order and each at its own height. Whether they lie in
 * the range that the tree leaves to the node is up to the caller.
 *
 * @param height The height that its place in the tree gives it; undefined for the top of a tree.
 * @param checkHeights False for those who find out otherwise whether the keys have its height: to hash
 * them takes longer than all the rest.
 * @throws {RepoError} `malformed-node`, `node-too-large`, `node-height`, `empty-node`, `key-order`,
 * `duplicate-key`, `key-prefix`, `key-height`, `invalid-key`
 */
export function decodeNode(
  block: Uint8Array,
  height: number | undefined,
  checkHeights = true,
): MstNode {
  if (block[0] !== 0xa2) fail()
  const count = readArgument(block, afterName(block, 1, ENTRIES), 0x80)
  if (count > MAX_NODE_ENTRIES) {
    fail('node-too-large')
  }
  const keys: string[] = []
  const values: Link[] = []
  const trees: Tree[] = [undefined]
  let own = height
  let at = NAME_BYTES + 1 + argumentBytes(count)
  let keyLength = 0
  let slash = -1
  for (let i = 0; i < count; i++) {
    if (block[at] !== 0xa4) fail()
    at = afterName(block, at + 1, SUFFIX)
    const length = readArgument(block, at, 0x40)
    const start = at + argumentBytes(length)
    at = afterName(block, start + length, SHARED)
    const shared = readArgument(block, at, 0x00)
    at = afterName(block, at + argumentBytes(shared), TREE)
    if (i === 0 ? shared > 0 : shared > keyLength) {
      fail('key-prefix')
    }
    if (i > 0) checkOrder(block, start, length, shared, keyLength)
    slash = takeSuffix(block, start, length, shared, slash)
    keyLength = shared + length
    const text = latin1Text(key, 0, keyLength)
    if (slash < 1 || slash === keyLength - 1) throw invalidKey(text)
    if (checkHeights || own === undefined) {
      const keyHeight = mstKeyHeight(text)
      if (keyHeight !== (own ??= keyHeight)) throw heightFault(text, keyHeight, own)
    }
    const tree = readTree(block, at, own)
    at = afterName(block, at + treeBytes(tree), VALUE)
    keys.push(text)
    trees.push(tree)
    values.push(readLink(block, at))
    at += LINK_HEAD_BYTES + LINK_BYTES
  }
  at = afterName(block, at, LEFT)
  const left = readTree(block, at, own ?? 1)
  trees[0] = left
  if (at + treeBytes(left) !== block.length) {
    fail()
  }
  if (count === 0 && (height === undefined) !== (left === undefined)) {
    fail('empty-node')
  }
  return { height: own ?? 0, keys, values, trees, source: { block, keys, values, trees } }
}

/**
 * Puts a suffix behind what its key shares with the one before. Returns where in the key its slash is,
 * or -1 where it has none, more than one, or other characters than keys have.
 */
function takeSuffix(
  block: Uint8Array,
  start: number,
  length: number,
  shared: number,
  slashBefore: number,
): number {
  if (shared + length > MAX_KEY_LENGTH) {
    fail('invalid-key')
  }
  let slash = slashBefore < shared ? slashBefore : -1
  let isValid = true
  for (let i = 0; i < length; i++) {
    const letter = block[start + i]!
    const kind = characters[letter]!
    if (kind !== 1) {
      isValid &&= kind === SLASH && slash < 0
      slash = shared + i
    }
    key[shared + i] = letter
  }
  return isValid ? slash : -1
}

/** Only the first byte that is not shared decides, and it has to be there to differ. */
function checkOrder(
  block: Uint8Array,
  start: number,
  length: number,
  shared: number,
  keyLength: number,
): void {
  const before = shared === keyLength ? -1 : key[shared]!
  const after = length === 0 ? -1 : block[start]!
  if (after > before) return
  if (after < before) fail('key-order')
  if (after === -1) fail('duplicate-key')
  fail('key-prefix')
}

function readTree(block: Uint8Array, at: number, height: number): Tree {
  if (block[at] === NULL) return undefined
  const link = readLink(block, at)
  if (block[link.at + 1] !== CODEC_DAG_CBOR) {
    fail()
  }
  if (height === 0) fail('node-height')
  return new Subtree(height - 1, undefined, link)
}

function treeBytes(tree: Tree): number {
  return tree ? LINK_HEAD_BYTES + LINK_BYTES : 1
}

function readLink(block: Uint8Array, at: number): Link {
  const start = at + LINK_HEAD_BYTES
  if (!isCborLinkAt(block, at) || start + LINK_BYTES > block.length) fail()
  return { bytes: block, at: start }
}

/** Reads a head of a major type, given by its highest three bits. None here is beyond 16 bits. */
function readArgument(block: Uint8Array, at: number, major: number): number {
  const info = block[at]! - major
  if (info >= 0 && info < 24) return info
  if (info === 24 && block[at + 1]! >= 24) return block[at + 1]!
  if (info === 25 && block[at + 1]! > 0) return block[at + 1]! * 256 + block[at + 2]!
  return fail()
}

/** How many bytes the head of an argument has, in its shortest form: no other is read. */
function argumentBytes(argument: number): number {
  return argument < 24 ? 1 : argument < 256 ? 2 : 3
}

/** Where it goes on after the name of a field, which is a text of one letter. */
function afterName(block: Uint8Array, at: number, letter: number): number {
  if (block[at] !== 0x61 || block[at + 1] !== letter) fail()
  return at + NAME_BYTES
}

function fail(code: RepoErrorCode = 'malformed-node'): never {
  throw new RepoError(`Not a sound node of the tree: ${code}`, { code })
}
