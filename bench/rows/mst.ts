import { MemoryBlockStore as AtcuteStore, NodeStore, NodeWrangler } from '@atcute/mst'
import { parseCid } from '@atproto/lex-data'
import { MemoryBlockstore, MST } from '@atproto/repo'
import { Mst } from 'atproto.ts/repo'
import type { MstEntry } from 'atproto.ts/repo'
import { seededEntries } from '../corpus/seeded-repo.ts'
import type { Case, Row, Side } from '../harness/row.ts'

/** Trees of repositories. */
export const mstInsert: Row = {
  name: 'mst-insert',
  title:
    'The root of a tree to which keys were added one by one, in no order; and of one that is made of all at once.',
  cases: () => [
    insertCase('1,000 keys', 1_000, [ours, oursAtOnce, atcute, reference]),
    {
      ...insertCase('100,000 keys', 100_000, [ours, oursAtOnce, atcute, reference]),
      rounds: 3,
    },
  ],
}

type Insert = [library: string, (entries: readonly MstEntry[]) => string | Promise<string>]

const ours: Insert = [
  'atproto.ts',
  (entries) => {
    let tree = Mst.from([])
    for (const [key, cid] of entries) tree = tree.set(key, cid)
    return tree.root()
  },
]

const oursAtOnce: Insert = ['atproto.ts, at once', (entries) => Mst.from(entries).root()]

const atcute: Insert = [
  '@atcute/mst',
  async (entries) => {
    const wrangler = new NodeWrangler(new NodeStore(new AtcuteStore()))
    let root: string | null = null
    for (const [key, $link] of entries) root = await wrangler.putRecord(root, key, { $link })
    return root ?? ''
  },
]

const reference: Insert = [
  '@atproto/repo',
  async (entries) => {
    let tree = await MST.create(new MemoryBlockstore())
    for (const [key, cid] of entries) tree = await tree.add(key, parseCid(cid))
    return (await tree.getPointer()).toString()
  },
]

function insertCase(name: string, items: number, inserts: [Insert, ...Insert[]]): Case {
  const entries = seededEntries(items)
  const side = ([library, insert]: Insert): Side => ({
    name: library,
    checks: 'syntax of keys',
    run: () => insert(entries),
    result: () => insert(entries),
  })
  const [first, ...others] = inserts
  return { name, items, sides: [side(first), ...others.map(side)] }
}
