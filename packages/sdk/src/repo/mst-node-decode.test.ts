import { describe, expect, test } from 'vitest'
import { cidOf, keyAtHeight, posts } from '../../test/repo/keys.ts'
import { repoErrorOf } from '../../test/repo/thrown.ts'
import { cidForRaw, encodeCbor, toLexBytes } from '../data/index.ts'
import { MemoryBlockStore } from './block-store.ts'
import { parseLink } from './link.ts'
import { mstKeyHeight } from './mst-key.ts'
import { readNode } from './mst-load.ts'
import { decodeNode, MAX_NODE_ENTRIES } from './mst-node-decode.ts'
import { encodeNode } from './mst-node-encode.ts'
import { Subtree, WHOLE_RANGE } from './mst-node.ts'
import { Mst } from './mst.ts'

interface RawEntry {
  k: { $bytes: string }
  p: number
  t: { $link: string } | null
  v: { $link: string }
}

const LINK = { $link: cidOf(1) }

function entry(suffix: string, shared = 0, more: Partial<RawEntry> = {}): RawEntry {
  const k = { ...toLexBytes(new TextEncoder().encode(suffix)) }
  return { k, p: shared, t: null, v: LINK, ...more }
}

function node(e: unknown[], l: unknown = null): Uint8Array {
  return encodeCbor({ e, l })
}

/** Keys of the lowest layer in order, with nothing in common but their collection. */
const low = (count: number): string[] =>
  posts(4 * count + 40)
    .map(([key]) => key)
    .filter((key) => mstKeyHeight(key) === 0)
    .slice(0, count)

const codeOf = (bytes: Uint8Array, height?: number): string =>
  repoErrorOf(() => decodeNode(bytes, height)).code

describe('what it reads', () => {
  test('is what is written', () => {
    for (const [, cid] of posts(1)) {
      const tree = Mst.from(posts(3_000).map(([key]) => [key, cid]))
      for (const part of tree.walk()) {
        if (part.kind !== 'node') continue
        const isTop = part.cid === tree.root()
        const first = decodeNode(part.bytes, isTop ? undefined : heightOf(part.bytes))
        expect(encodeNode(first)).toEqual(part.bytes)
      }
    }
  })

  test('may link to records of either codec', () => {
    const [key = ''] = low(1)
    const v = { $link: cidForRaw(Uint8Array.of(1)) }
    expect(decodeNode(node([entry(key, 0, { v })]), undefined).keys).toHaveLength(1)
  })
})

/** A node without keys says nothing about its height: it has any but 0. */
function heightOf(bytes: Uint8Array): number {
  for (let height = 0; ; height++) {
    try {
      return decodeNode(bytes, height).height
    } catch {
      if (height === 32) throw new Error('no height fits')
    }
  }
}

describe('what it refuses', () => {
  const [a = '', b = '', c = ''] = low(3)
  const suffix = (key: string, before: string): RawEntry => {
    let shared = 0
    while (key[shared] === before[shared]) shared++
    return entry(key.slice(shared), shared)
  }

  test('keys out of order', () => {
    expect(codeOf(node([entry(b), suffix(a, b)]))).toBe('key-order')
    expect(codeOf(node([entry(a), suffix(c, a), suffix(b, c)]))).toBe('key-order')
    expect(codeOf(node([entry('a/bc'), entry('', 3)]))).toBe('key-order')
  })

  test('a key twice', () => {
    expect(codeOf(node([entry(a), entry('', a.length)]))).toBe('duplicate-key')
  })

  test('a length of what is shared that is too large, or not the largest', () => {
    expect(codeOf(node([entry(a, 1)]))).toBe('key-prefix')
    expect(codeOf(node([entry(a), entry(b, a.length + 1)]))).toBe('key-prefix')
    const { k, p } = suffix(b, a)
    expect(k).not.toEqual({})
    expect(codeOf(node([entry(a), entry(b.slice(p - 1), p - 1)]))).toBe('key-prefix')
  })

  test('a key at a height that is not its own', () => {
    const high = keyAtHeight(2)
    expect(codeOf(node([entry(high)]), 0)).toBe('key-height')
    expect(codeOf(node([entry(a)]), 1)).toBe('key-height')
    const both = [entry(a), suffix(keyAtHeight(1, 500), a)]
    expect(codeOf(node(both))).toBe('key-height')
  })

  test.each(['one', '/b', 'a/', 'a/b/c', 'a/b c', 'a/é', `a/${'b'.repeat(1023)}`])(
    'the key %j',
    (key) => {
      expect(codeOf(node([entry(key)]))).toBe('invalid-key')
    },
  )

  test('a key that loses the slash it shared', () => {
    expect(codeOf(node([entry('aa/b'), entry('b', 1)]))).toMatch(/invalid-key|key-height/)
    const first = ['aa/a', 'aa/b', 'aa/c', 'aa/d', 'aa/e'].find((key) => mstKeyHeight(key) === 0)
    expect(codeOf(node([entry(first ?? ''), entry('b', 1)]))).toBe('invalid-key')
  })

  test('a node without keys that is the top, is the lowest, or has nothing below it', () => {
    expect(codeOf(node([], LINK))).toBe('empty-node')
    expect(codeOf(node([]), 3)).toBe('empty-node')
    expect(codeOf(node([], LINK), 0)).toBe('node-height')
  })

  test('a subtree below the lowest layer', () => {
    expect(codeOf(node([entry(a)], LINK))).toBe('node-height')
    expect(codeOf(node([entry(a, 0, { t: LINK })]))).toBe('node-height')
  })

  test('so many keys that somebody must have looked for them', () => {
    const keys = low(MAX_NODE_ENTRIES + 1)
    const entries = keys.map((key, i) => suffix(key, keys[i - 1] ?? ''))
    expect(codeOf(node(entries))).toBe('node-too-large')
    expect(decodeNode(node(entries.slice(1).with(0, entry(keys[1] ?? ''))), 0).keys).toHaveLength(
      MAX_NODE_ENTRIES,
    )
  })

  test('a subtree that is linked to as a file', () => {
    const raw = { $link: cidForRaw(Uint8Array.of(1)) }
    expect(codeOf(node([entry(keyAtHeight(1))], raw))).toBe('malformed-node')
  })

  test.each([
    ['other fields', { e: [], l: null, x: 1 }],
    ['no left', { e: [] }],
    ['no entries', { l: null }],
    ['entries that are none', { e: [1], l: null }],
    ['a value that is no link', { e: [{ ...entry('a/b'), v: 1 }], l: null }],
    ['no value', { e: [{ ...entry('a/b'), v: null }], l: null }],
    ['a key as text', { e: [{ ...entry('a/b'), k: 'a/b' }], l: null }],
    ['a length that is negative', { e: [{ ...entry('a/b'), p: -1 }], l: null }],
    ['a list', []],
    ['a text', 'node'],
  ])('%s', (_, value) => {
    expect(codeOf(encodeCbor(value))).toBe('malformed-node')
  })

  test('a node that is cut short anywhere, or goes on', () => {
    const [, part] = Mst.from(posts(200)).walk()
    const bytes = part?.kind === 'node' ? part.bytes : new Uint8Array()
    const height = heightOf(bytes)
    for (let end = 0; end < bytes.length; end++) {
      expect(codeOf(bytes.slice(0, end), height)).toMatch(/malformed-node|invalid-key|key-/)
    }
    expect(codeOf(Uint8Array.of(...bytes, 0), height)).toBe('malformed-node')
  })

  test('lengths that are not in their shortest form', () => {
    // {e: [{k: 'a/b', …}]} with the length of the key in two bytes.
    const bytes = node([entry('a/b')])
    const at = bytes.indexOf(0x43)
    expect(decodeNode(bytes, mstKeyHeight('a/b')).keys).toHaveLength(1)
    const longer = Uint8Array.of(...bytes.subarray(0, at), 0x58, 3, ...bytes.subarray(at + 1))
    expect(codeOf(longer, mstKeyHeight('a/b'))).toBe('malformed-node')
    const longest = Uint8Array.of(...bytes.subarray(0, at), 0x59, 0, 3, ...bytes.subarray(at + 1))
    expect(codeOf(longest, mstKeyHeight('a/b'))).toBe('malformed-node')
  })
})

describe('a tree of sound nodes', () => {
  const top = keyAtHeight(1, 500)
  const treeOf = (left: Uint8Array): Mst => {
    const store = new MemoryBlockStore()
    const put = (bytes: Uint8Array): string => {
      const cid = cidForRaw(bytes).replace('bafkrei', 'bafyrei')
      store.put(cid, bytes)
      return cid
    }
    const root = put(node([entry(top)], { $link: put(left) }))
    return Mst.load(root, store)
  }

  test('is refused where a key is on the wrong side of another', () => {
    const behind = keyAtHeight(0, 600)
    expect(repoErrorOf(() => [...treeOf(node([entry(behind)]))])).toMatchObject({
      code: 'key-order',
      path: behind,
    })
  })

  test('is refused where a layer is left out', () => {
    const high = keyAtHeight(2)
    expect(repoErrorOf(() => [...treeOf(node([entry(high)]))]).code).toBe('key-height')
  })

  test('ends where its blocks go in a circle', () => {
    // Only somebody who does not check hashes can get there.
    const looped = node([], LINK)
    let tree = new Subtree(5, undefined, parseLink(LINK.$link))
    const run = (): void => {
      for (;;) {
        const [left] = readNode(tree, { find: () => looped }, WHOLE_RANGE).trees
        tree = left ?? tree
      }
    }
    expect(repoErrorOf(run).code).toBe('node-height')
  })
})
