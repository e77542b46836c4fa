import { array, assert, integer, option, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cidOf, keyAtHeight, keys, postKey, posts } from '../../test/repo/keys.ts'
import { repoErrorOf } from '../../test/repo/thrown.ts'
import { MemoryBlockStore } from './block-store.ts'
import type { BlockSource } from './block-store.ts'
import { mstKeyHeight } from './mst-key.ts'
import { Mst } from './mst.ts'

const EMPTY_ROOT = 'bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm'

const changes = array(
  tuple(keys, option(integer({ min: 0, max: 3 }).map(cidOf), { nil: undefined })),
  { maxLength: 150 },
)

/** A store that counts what is read from it. */
function counted(store: BlockSource): BlockSource & { reads: number } {
  return {
    reads: 0,
    get(cid) {
      this.reads++
      return store.get(cid)
    },
  }
}

function saved(tree: Mst): MemoryBlockStore {
  const store = new MemoryBlockStore()
  tree.save(store)
  return store
}

describe('entries and roots', () => {
  test('any sequence of changes gives the tree of the entries it leaves, from memory or a store', () => {
    assert(
      property(changes, changes, (first, second) => {
        const start = Mst.from([]).update(first)
        const startRoot = start.root()
        const end = start.update(second)
        const left = new Map<string, string>()
        for (const [key, cid] of [...first, ...second]) {
          if (cid === undefined) left.delete(key)
          else left.set(key, cid)
        }
        const fresh = Mst.from(left)
        expect(end.root()).toBe(fresh.root())
        expect([...end]).toEqual([...left].toSorted(([a], [b]) => (a < b ? -1 : 1)))
        expect(Mst.load(startRoot, saved(start)).update(second).root()).toBe(end.root())
        expect(start.root()).toBe(startRoot)
      }),
    )
  })

  test('an empty tree has a root, is stored, and is what is left when the last key goes', () => {
    const empty = Mst.from([])
    expect(empty.root()).toBe(EMPTY_ROOT)
    expect([...Mst.load(EMPTY_ROOT, saved(empty))]).toEqual([])
    expect(empty.set('a/b', cidOf(1)).delete('a/b').root()).toBe(EMPTY_ROOT)
    expect(empty.get('a/b')).toBeUndefined()
  })

  test('a tree stays as it was when another is made of it', () => {
    const before = Mst.from(posts(500))
    const root = before.root()
    let after = before
    for (const [key] of posts(500)) after = after.delete(key)
    expect(after.root()).toBe(EMPTY_ROOT)
    expect(before.root()).toBe(root)
    expect([...before]).toEqual(posts(500))
  })

  test('a change that changes nothing gives the same tree', () => {
    const tree = Mst.from(posts(50))
    expect(tree.set(postKey(7), cidOf(7))).toBe(tree)
    expect(tree.delete(postKey(50))).toBe(tree)
  })

  test('a key far above all others leaves nodes without keys below it', () => {
    const low = keyAtHeight(0)
    const high = keyAtHeight(4)
    const tree = Mst.from([[low, cidOf(0)]]).set(high, cidOf(1))
    expect(tree.root()).toBe(
      Mst.from([
        [low, cidOf(0)],
        [high, cidOf(1)],
      ]).root(),
    )
    expect([...tree.walk()].filter(({ kind }) => kind === 'node')).toHaveLength(5)
    expect(tree.delete(high).root()).toBe(Mst.from([[low, cidOf(0)]]).root())
  })

  test('entries are given in any order, but each key once', () => {
    expect(Mst.from(posts(100).toReversed()).root()).toBe(Mst.from(posts(100)).root())
    const error = repoErrorOf(() => Mst.from([...posts(3), ...posts(1)]))
    expect(error).toMatchObject({ code: 'duplicate-key', path: postKey(0) })
  })

  test('gives the value of a key, and undefined for others', () => {
    const tree = Mst.from(posts(100))
    for (const [key, cid] of posts(100)) expect(tree.get(key)).toBe(cid)
    for (const key of ['', 'a', postKey(100), `${postKey(3)}x`]) {
      expect(tree.get(key)).toBeUndefined()
    }
  })

  test.each(['', 'one', '/b', 'a/', 'a/b/c', 'a/b c', 'a/ä', `a/${'b'.repeat(1023)}`])(
    'refuses the key %j',
    (key) => {
      const tree = Mst.from([])
      expect(repoErrorOf(() => tree.set(key, cidOf(1))).code).toBe('invalid-key')
      expect(repoErrorOf(() => tree.delete(key)).code).toBe('invalid-key')
      expect(repoErrorOf(() => Mst.from([[key, cidOf(1)]])).code).toBe('invalid-key')
    },
  )

  test.each(['', 'bafy', 'QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR'])(
    'refuses the value %j',
    (cid) => {
      expect(repoErrorOf(() => Mst.from([]).set('a/b', cid)).code).toBe('invalid-cid')
      expect(repoErrorOf(() => Mst.load(cid, new MemoryBlockStore())).code).toBe('invalid-cid')
    },
  )

  test('a key may have 1,024 characters', () => {
    const key = `a/${'b'.repeat(1022)}`
    const tree = Mst.from([[key, cidOf(1)]])
    expect([...Mst.load(tree.root(), saved(tree))]).toEqual([[key, cidOf(1)]])
  })
})

describe('lists', () => {
  const tree = Mst.from([
    ...posts(300),
    ['app.bsky.feed.postgate/000000001', cidOf(1)],
    ['app.bsky.feed.like/000000001', cidOf(1)],
  ])
  const keysOf = (entries: Iterable<[string, string]>): string[] =>
    Array.from(entries, ([key]) => key)

  test('by prefix', () => {
    expect([...tree.list({ prefix: 'app.bsky.feed.post/' })]).toEqual(posts(300))
    expect([...tree.list({ prefix: 'app.bsky.feed.post/0000001' })]).toEqual(posts(200).slice(100))
    expect([...tree.list({ prefix: 'zzz' })]).toEqual([])
  })

  test('by range, with the first key and without the last, whether the tree has them or not', () => {
    const range = { from: postKey(17), to: postKey(203) }
    expect(keysOf(tree.list(range))).toEqual(
      posts(203)
        .slice(17)
        .map(([key]) => key),
    )
    expect(keysOf(tree.list({ from: 'app.bsky.feed.post/0', to: postKey(2) }))).toEqual([
      postKey(0),
      postKey(1),
    ])
    expect(keysOf(tree.list({ prefix: 'app.bsky.feed.post/', from: postKey(298) }))).toEqual([
      postKey(298),
      postKey(299),
    ])
    expect(keysOf(tree.list({ prefix: 'app.bsky.feed.post/', from: 'a' }))).toHaveLength(300)
  })

  test('from every key on', () => {
    for (let i = 0; i < 300; i++) {
      const [first] = tree.list({ from: postKey(i) })
      expect(first?.[0]).toBe(postKey(i))
    }
  })

  test('a list of a few keys of a large tree reads a few nodes', () => {
    const large = Mst.from(posts(20_000))
    const store = counted(saved(large))
    const loaded = Mst.load(large.root(), store)
    const some = loaded.list({ from: postKey(9_000), to: postKey(9_010) })
    expect([...some]).toEqual(posts(9_010).slice(9_000))
    expect(store.reads).toBeLessThan(30)
  })
})

describe('stores', () => {
  test('a tree is read from its store as far as it is needed', () => {
    const large = Mst.from(posts(20_000))
    const store = counted(saved(large))
    const tree = Mst.load(large.root(), store)
    expect(store.reads).toBe(1)
    expect(tree.get(postKey(12_345))).toBe(cidOf(45))
    expect(store.reads).toBeLessThan(20)
    const again = store.reads
    tree.get(postKey(12_345))
    expect(store.reads).toBe(again)
  })

  test('only the nodes that a change made are saved after it', () => {
    const tree = Mst.from(posts(5_000))
    const store = saved(tree)
    const before = store.size
    tree.set(postKey(77), cidOf(1)).save(store)
    expect(store.size - before).toBeGreaterThan(1)
    expect(store.size - before).toBeLessThan(15)
    const next = tree.set(postKey(77), cidOf(1))
    next.save(store)
    expect(Mst.load(next.root(), store).get(postKey(77))).toBe(cidOf(1))
  })

  test('a missing block is named', () => {
    const tree = Mst.from(posts(200))
    const store = saved(tree)
    const part = [...tree.walk()].filter(({ kind }) => kind === 'node').at(-1)
    store.delete(part?.cid ?? '')
    const error = repoErrorOf(() => [...Mst.load(tree.root(), store)])
    expect(error).toMatchObject({ code: 'missing-block', cid: part?.cid })
    expect(repoErrorOf(() => Mst.load(cidOf(1), store)).code).toBe('missing-block')
  })

  test('a store that gives other bytes is found out, so that no cycle is possible', () => {
    const tree = Mst.from(posts(200))
    const store = saved(tree)
    const root = store.get(tree.root())
    const lying: BlockSource = { get: () => root }
    expect(repoErrorOf(() => [...Mst.load(tree.root(), lying)]).code).toBe('hash-mismatch')
  })

  test('the walk gives each node before what is in it, and the blocks have their hashes', () => {
    const tree = Mst.from(posts(300))
    const store = saved(tree)
    for (const source of [tree, Mst.load(tree.root(), store)]) {
      const parts = [...source.walk()]
      expect(parts[0]).toMatchObject({ kind: 'node', cid: tree.root() })
      const nodes = parts.filter((part) => part.kind === 'node')
      expect(nodes).toHaveLength(store.size)
      for (const { cid, bytes } of nodes) expect(store.get(cid)).toEqual(bytes)
      const entries = parts.filter((part) => part.kind === 'entry')
      expect(entries.map(({ key, cid }) => [key, cid])).toEqual(posts(300))
    }
    expect([...Mst.from([]).walk()]).toMatchObject([{ kind: 'node', cid: EMPTY_ROOT }])
  })
})

describe('differences', () => {
  test('are those of the entries, whatever the trees', () => {
    assert(
      property(changes, changes, (first, second) => {
        const before = Mst.from([]).update(first)
        const after = before.update(second)
        const old = new Map(before)
        const now = new Map(after)
        const expected = [...new Set([...old.keys(), ...now.keys()])]
          .toSorted()
          .filter((key) => old.get(key) !== now.get(key))
          .map((key) => ({ key, before: old.get(key), after: now.get(key) }))
        expect([...before.diff(after)]).toEqual(expected)
        const loaded = Mst.load(before.root(), saved(before))
        expect([...loaded.diff(Mst.load(after.root(), saved(Mst.from(now))))]).toEqual(expected)
      }),
    )
  })

  test('a hundred changes among 100,000 keys touch a few nodes for each', () => {
    const before = Mst.from(posts(100_000))
    const store = saved(before)
    const changed = Array.from({ length: 100 }, (_, i): [string, string | undefined] => {
      const key = i % 3 === 0 ? `${postKey(i * 997)}x` : postKey(i * 997)
      return [key, i % 3 === 1 ? undefined : cidOf(1000)]
    })
    const after = before.update(changed)
    after.save(store)
    const depth = 1 + Math.max(...posts(100_000).map(([key]) => mstKeyHeight(key)))
    const a = counted(store)
    const b = counted(store)
    const found = [...Mst.load(before.root(), a).diff(Mst.load(after.root(), b))]
    expect(found.map(({ key, after: cid }) => [key, cid])).toEqual(
      changed.toSorted(([x], [y]) => (x < y ? -1 : 1)),
    )
    expect(a.reads + b.reads).toBeLessThanOrEqual(2 * 100 * depth)
    expect(a.reads + b.reads).toBeGreaterThan(100)
  })

  test('equal trees have none, and only their roots are read', () => {
    const tree = Mst.from(posts(1_000))
    const store = counted(saved(tree))
    expect([...Mst.load(tree.root(), store).diff(Mst.load(tree.root(), store))]).toEqual([])
    expect(store.reads).toBe(2)
  })
})
