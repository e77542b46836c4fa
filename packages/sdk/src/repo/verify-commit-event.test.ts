import { array, assert, asyncProperty, boolean, integer, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cborBlock, rawBlock } from '../../test/data/blocks.ts'
import { keyAtHeight } from '../../test/repo/keys.ts'
import { DID, NOW, postWrites, revOf, TestRepo } from '../../test/repo/repository.ts'
import type { MadeEvent, Write } from '../../test/repo/repository.ts'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { generateKeypair } from '../crypto/index.ts'
import { decodeCbor, encodeCar, encodeCbor, readCar, toLexBytes } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import { formatTid } from '../syntax/index.ts'
import { parseLink } from './link.ts'
import { encodeNode } from './mst-node-encode.ts'
import { Subtree } from './mst-node.ts'
import type { Tree } from './mst-node.ts'
import { RepoError } from './repo-error.ts'
import type { CommitEvent, CommitEventOp } from './repo-event.ts'
import { verifyCommitEvent } from './verify-commit-event.ts'
import type { CommitVerification, VerifyCommitEventOptions } from './verify-commit-event.ts'
import { cborBlock as encodedBlock } from './writer-block.ts'

const writes = postWrites(300)
const pathOf = (number: number): string => writes[number]?.[0] ?? ''
const [fresh = ['', {}]] = postWrites(1, 1_000)

const changed = { $type: 'app.bsky.feed.post', text: 'changed', createdAt: '2026-01-01T00:00:00Z' }

/** A repository of 300 posts, and an event that creates one, changes one and deletes two. */
const repo = await TestRepo.create(writes)
const rootBefore = repo.tree.root()
const event = await repo.write([
  fresh,
  [pathOf(7), changed],
  [pathOf(20), undefined],
  [pathOf(250), undefined],
])

const verify = async (
  from: CommitEvent,
  options: VerifyCommitEventOptions = {},
): Promise<CommitVerification> =>
  verifyCommitEvent(from, { now: NOW, signingKey: repo.keypair.did, ...options })

const codeOf = async (from: CommitEvent, options?: VerifyCommitEventOptions): Promise<string> =>
  (await repoErrorOfAsync(() => verify(from, options))).code

const blocksOf = (from: MadeEvent): CarBlock[] => [...readCar(from.blocks).blocks]

/** The event with other blocks. */
const withBlocks = (blocks: CarBlock[], commit = repo.commit): CommitEvent => ({
  ...event,
  commit: { $link: commit.cid },
  blocks: encodeCar([commit.cid], blocks),
})

/** The event with some fields of the operation at an index changed. */
const withOp = (index: number, fields: object): CommitEvent => {
  const op = event.ops[index]
  if (!op) expect.unreachable()
  return { ...event, ops: event.ops.with(index, { ...op, ...fields }) }
}

describe('an event that is right', () => {
  test('is verified in all respects, with what is known besides', async () => {
    const verification = await verify(event, { prevData: rootBefore })
    expect(verification).toMatchObject({
      commit: { cid: repo.commit.cid, did: DID, rev: event.rev, data: repo.tree.root() },
      signature: 'verified',
      inversion: 'verified',
      prevData: 'verified',
    })
    expect(verification.records.map(({ path, record }) => [path, record])).toEqual([
      fresh,
      [pathOf(7), changed],
    ])
  })

  test('says what could not be checked without a key and without a state', async () => {
    const { signature, prevData } = await verifyCommitEvent(event, { now: NOW })
    expect({ signature, prevData }).toEqual({
      signature: 'no-signing-key',
      prevData: 'not-compared',
    })
  })

  test('may come as JSON, as raw CBOR, or with did in place of repo', async () => {
    const json = JSON.parse(
      JSON.stringify({ ...event, blocks: toLexBytes(event.blocks) }),
    ) as CommitEvent
    expect((await verify(json)).inversion).toBe('verified')
    const cbor = encodeCbor({ ...event, blocks: toLexBytes(event.blocks) })
    const raw = decodeCbor(cbor, { raw: true }) as unknown as CommitEvent
    expect((await verify(raw)).inversion).toBe('verified')
    const { repo: did, ...other } = event
    expect((await verify({ ...other, did })).inversion).toBe('verified')
  })

  test('may change nothing but the revision', async () => {
    const quiet = await TestRepo.create(postWrites(3))
    const { inversion } = await verifyCommitEvent(await quiet.write([]), { now: NOW })
    expect(inversion).toBe('verified')
  })

  test('may have blocks that nothing refers to, in any order', async () => {
    const blocks = [cborBlock('else'), ...blocksOf(event).toReversed(), rawBlock(Uint8Array.of(1))]
    expect((await verify(withBlocks(blocks))).inversion).toBe('verified')
  })

  test('is verified whatever it changes, and not when an operation is left out', async () => {
    const change = tuple(integer({ min: 0, max: 400 }), boolean())
    await assert(
      asyncProperty(
        array(change, { minLength: 1, maxLength: 12 }),
        integer({ min: 0 }),
        async (changes, pick) => {
          const some = await TestRepo.create(writes.slice(0, 60 + (pick % 240)))
          const wanted = new Map(
            changes.map(([number, isDeleted]): Write => {
              const [path, record] = postWrites(1, number)[0] ?? fresh
              return [path, isDeleted ? undefined : { ...record, changed: true }]
            }),
          )
          const possible = [...wanted].filter(([path, record]) => record ?? some.tree.get(path))
          const made = await some.write(possible)
          expect((await verifyCommitEvent(made, { now: NOW })).inversion).toBe('verified')
          if (made.ops.length === 0) return
          const ops = made.ops.toSpliced(pick % made.ops.length, 1)
          const error = await repoErrorOfAsync(() =>
            verifyCommitEvent({ ...made, ops }, { now: NOW }),
          )
          expect(error.code).toMatch(/^(inversion-mismatch|missing-block)$/)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('what could not be found out', () => {
  test('without prevData nothing can be compared with the operations', async () => {
    const { prevData: _, ...older } = event
    expect(await verify(older)).toMatchObject({
      inversion: 'no-prev-data',
      prevData: 'not-compared',
    })
    expect(await verify(older, { prevData: rootBefore })).toMatchObject({
      inversion: 'verified',
      prevData: 'verified',
    })
  })

  test('without the prev of an operation it cannot be undone', async () => {
    expect((await verify(withOp(1, { prev: undefined }))).inversion).toBe('no-op-prev')
    expect((await verify(withOp(2, { prev: undefined }))).inversion).toBe('no-op-prev')
  })

  test('the first commit has nothing before it: it is verified where it created everything', async () => {
    const first = await TestRepo.create()
    first.rev = null
    const made = await first.write(postWrites(30))
    expect(made.since).toBeNull()
    expect((await verifyCommitEvent(made, { now: NOW })).inversion).toBe('verified')
    const fewer = { ...made, ops: made.ops.slice(1) }
    expect((await verifyCommitEvent(fewer, { now: NOW })).inversion).toBe('no-prev-data')
    const { prevData: _, ...later } = { ...event, since: null }
    expect((await verify(later)).inversion).toBe('no-prev-data')
    const created = { ...later, ops: [] }
    expect((await verify(created)).inversion).toBe('no-prev-data')
  })
})

describe('forged operations', () => {
  const [create, update, remove] = event.ops as [CommitEventOp, CommitEventOp, CommitEventOp]
  const other = { $link: cborBlock('other').cid }

  test.each<[string, CommitEvent, string]>([
    ['a creation as an update', withOp(0, { action: 'update', prev: other }), 'inversion-mismatch'],
    [
      'an update as a creation',
      withOp(1, { action: 'create', prev: undefined }),
      'inversion-mismatch',
    ],
    [
      'a creation as a deletion',
      withOp(0, { action: 'delete', cid: null, prev: other }),
      'op-mismatch',
    ],
    [
      'a deletion as a creation',
      withOp(2, { action: 'create', cid: other, prev: undefined }),
      'op-mismatch',
    ],
    ['a deletion as an update', withOp(2, { action: 'update', cid: other }), 'op-mismatch'],
    ['another path for what was created', withOp(0, { path: `${create.path}x` }), 'op-mismatch'],
    [
      'another path for what was deleted',
      withOp(2, { path: `${remove.path}x` }),
      'inversion-mismatch',
    ],
    ['a CID that is not in the tree', withOp(0, { cid: other }), 'op-mismatch'],
    ['another record before the update', withOp(1, { prev: other }), 'inversion-mismatch'],
    ['another record before the deletion', withOp(2, { prev: other }), 'inversion-mismatch'],
    [
      'an update that was none',
      { ...event, ops: [...event.ops, { ...update, path: pathOf(8) }] },
      'op-mismatch',
    ],
    ['a path twice', { ...event, ops: [create, create] }, 'duplicate-op'],
    ['an unknown action', withOp(0, { action: 'move' }), 'invalid-op'],
    ['a creation with a record before it', withOp(0, { prev: other }), 'invalid-op'],
    ['a creation without a record', withOp(0, { cid: null }), 'invalid-op'],
    ['a deletion with a record', withOp(2, { cid: other }), 'invalid-op'],
    ['a path without a record key', withOp(0, { path: 'app.bsky.feed.post' }), 'invalid-path'],
    ['no path', withOp(0, { path: undefined }), 'invalid-event'],
    ['nothing', { ...event, ops: [null as never] }, 'invalid-event'],
    ['a CID that is none', withOp(0, { cid: 5 }), 'invalid-event'],
    ['a CID that cannot be read', withOp(0, { cid: 'bafy' }), 'invalid-cid'],
  ])('%s', async (_, forged, code) => {
    expect(await codeOf(forged)).toBe(code)
  })

  test('any that is dropped', async () => {
    for (let i = 0; i < event.ops.length; i++) {
      const code = await codeOf({ ...event, ops: event.ops.toSpliced(i, 1) })
      expect(code).toMatch(/^(inversion-mismatch|missing-block)$/)
    }
  })

  test('a record that was there before, as if it were new', async () => {
    const cid = repo.tree.get(pathOf(8)) ?? ''
    const record = { cid, bytes: repo.store.get(cid) ?? new Uint8Array() }
    const blocks = [...blocksOf(event), record, ...repo.blocks()]
    const added = { action: 'create', path: pathOf(8), cid: { $link: cid } }
    const forged = { ...withBlocks(blocks), ops: [...event.ops, added] }
    expect(await codeOf(forged)).toBe('inversion-mismatch')
  })
})

describe('forged blocks', () => {
  test('any of them changed', async () => {
    for (let at = 0; at < event.blocks.length; at += 3) {
      const blocks = event.blocks.with(at, event.blocks[at]! ^ (1 << (at % 8)))
      const error = await verify({ ...event, blocks }).catch((thrown: unknown) => thrown)
      expect(error, `byte ${at}`).toBeInstanceOf(RepoError)
    }
  })

  test('any of them missing', async () => {
    const blocks = blocksOf(event)
    for (let i = 0; i < blocks.length; i++) {
      expect(await codeOf(withBlocks(blocks.toSpliced(i, 1)))).toBe('missing-block')
    }
  })

  test('a tree whose nodes are not what the specification says', async () => {
    const node = (e: unknown[], l: unknown = null): CarBlock => cborBlock({ e, l })
    const entry = (key: string, p = 0): object => ({
      k: { ...toLexBytes(new TextEncoder().encode(key)) },
      p,
      t: null,
      v: { $link: cborBlock(changed).cid },
    })
    // Both keys are of the lowest layer.
    const key = 'com.example.x/4'
    for (const [root, code] of [
      [node([entry(key), entry('3', key.length - 1)]), 'key-order'],
      [node([entry(key), entry('', key.length)]), 'duplicate-key'],
      [node([], { $link: cborBlock(changed).cid }), 'empty-node'],
      [cborBlock(changed), 'malformed-node'],
    ] as const) {
      const commit = await repo.sign({ data: { $link: root.cid } })
      const forged = withBlocks([commit, root], commit)
      expect(await codeOf({ ...forged, ops: [] })).toBe(code)
    }
  })

  describe('a key in a node of keys of another height', () => {
    const low = keyAtHeight(0, 500_000)
    const old = cborBlock('old').cid
    const record = cborBlock(changed)
    /** A node with the keys, as if they were all of one height. */
    const nodeOf = (entries: { [key: string]: string }): CarBlock =>
      encodedBlock(
        encodeNode({
          height: 0,
          keys: Object.keys(entries),
          values: Object.values(entries).map(parseLink),
          trees: [undefined, ...Object.keys(entries).map(() => undefined)],
          source: undefined,
        }),
      )

    const [before, behind] = [keyAtHeight(2), keyAtHeight(2, 500_000)]

    /** The event that the tree became another one by an operation. */
    const eventOf = async (
      prevRoot: CarBlock,
      root: CarBlock,
      op: CommitEventOp,
    ): Promise<CommitEvent> => {
      const commit = await repo.sign({ data: { $link: root.cid } })
      const made = withBlocks([commit, root, record], commit)
      return { ...made, prevData: { $link: prevRoot.cid }, ops: [op] }
    }

    test.each([
      ['created before them', { [before]: record.cid, [low]: old }, before],
      ['created behind them', { [low]: old, [behind]: record.cid }, behind],
    ])('%s', async (_, entries, path) => {
      const op = { action: 'create', path, cid: { $link: record.cid } }
      const made = await eventOf(nodeOf({ [low]: old }), nodeOf(entries), op)
      expect(await codeOf(made)).toBe('key-height')
      expect(await codeOf({ ...made, prevData: undefined })).toBe('key-height')
    })

    test('updated behind them', async () => {
      const [prev, cid] = [{ $link: old }, { $link: record.cid }]
      const roots = [old, record.cid].map((value) => nodeOf({ [low]: old, [behind]: value }))
      const [prevRoot, root] = roots as [CarBlock, CarBlock]
      const op = { action: 'update', path: behind, cid, prev }
      expect(await codeOf(await eventOf(prevRoot, root, op))).toBe('key-height')
    })
  })

  test('a new key that is not between the keys around it', async () => {
    const high = keyAtHeight(2)
    const others = [1, 2, 3].map((step) => keyAtHeight(1, 1_000 * step))
    const [first, last] = [others[0] ?? '', others[2] ?? '']
    const record = cborBlock(changed)
    const value = parseLink(record.cid)
    const below = encodedBlock(
      encodeNode({
        height: 1,
        keys: [first, last],
        values: [value, value],
        trees: [undefined, undefined, undefined],
        source: undefined,
      }),
    )
    const tree = new Subtree(1, undefined, parseLink(below.cid))
    const rootOf = (keys: string[], trees: Tree[]): CarBlock =>
      encodedBlock(
        encodeNode({ height: 2, keys, values: keys.map(() => value), trees, source: undefined }),
      )
    // Below the new key, and yet behind it.
    const path = keyAtHeight(2, 2_000)
    expect([high < first, first < path, path < last]).toEqual([true, true, true])
    const root = rootOf([high, path], [undefined, tree, undefined])
    const commit = await repo.sign({ data: { $link: root.cid } })
    const forged = {
      ...withBlocks([commit, root, below, record], commit),
      prevData: { $link: rootOf([high], [undefined, tree]).cid },
      ops: [{ action: 'create', path, cid: { $link: record.cid } }],
    }
    expect(await codeOf(forged)).toBe('key-order')
  })

  test('a record under the path of another', async () => {
    const swapped = await TestRepo.create(postWrites(2))
    const made = await swapped.write(postWrites(2, 50))
    const [a, b] = made.ops
    const ops = [
      { ...a, cid: b?.cid },
      { ...b, cid: a?.cid },
    ] as CommitEventOp[]
    const error = await repoErrorOfAsync(() => verifyCommitEvent({ ...made, ops }, { now: NOW }))
    expect(error).toMatchObject({ code: 'op-mismatch', path: a?.path })
  })
})

describe('the commit', () => {
  test('must be of the account, and signed by it', async () => {
    expect(await codeOf({ ...event, repo: 'did:web:a.example' })).toBe('event-mismatch')
    expect(await codeOf({ ...event, repo: undefined })).toBe('event-mismatch')
    const { did } = await generateKeypair('p256')
    expect(await codeOf(event, { signingKey: did })).toBe('invalid-signature')
    const commit = await repo.sign({ did: 'did:web:a.example' })
    expect(await codeOf(withBlocks([commit, ...blocksOf(event)], commit))).toBe('event-mismatch')
  })

  test('must be the one that the event names', async () => {
    expect(await codeOf({ ...event, rev: revOf(77) })).toBe('event-mismatch')
    expect(await codeOf({ ...event, commit: { $link: cborBlock(1).cid } })).toBe('event-mismatch')
    expect(await codeOf({ ...event, commit: {} as never })).toBe('invalid-event')
  })

  test('comes after the one before, and not from the future', async () => {
    expect(await codeOf({ ...event, since: event.rev })).toBe('rev-order')
    expect(await codeOf({ ...event, since: revOf(9_000) })).toBe('rev-order')
    expect(await codeOf({ ...event, since: 'yesterday' })).toBe('invalid-event')
    const later = formatTid({ timestamp: (NOW + 4 * 60_000) * 1000, clockId: 0 })
    const commit = await repo.sign({ rev: later })
    const made = { ...withBlocks([commit, ...blocksOf(event)], commit), rev: later }
    expect((await verify(made)).signature).toBe('verified')
    expect(await codeOf(made, { now: NOW - 2 * 60_000 })).toBe('future-rev')
  })

  test('follows the tree that is known', async () => {
    expect(await codeOf(event, { prevData: repo.tree.root() })).toBe('prev-data-mismatch')
    expect(await codeOf({ ...event, prevData: { $link: repo.tree.root() } })).toBe(
      'inversion-mismatch',
    )
  })
})

describe('limits', () => {
  test('of the blocks', async () => {
    const filler = rawBlock(new Uint8Array(2_000_000 - event.blocks.length - 39))
    const largest = withBlocks([...blocksOf(event), filler])
    expect(largest.blocks).toHaveLength(2_000_000)
    expect((await verify(largest)).inversion).toBe('verified')
    const larger = rawBlock(new Uint8Array(filler.bytes.length + 1))
    expect(await codeOf(withBlocks([...blocksOf(event), larger]))).toBe('blocks-too-large')
    for (const blocks of [5, null, {}, { $bytes: '*' }, { $bytes: 5 }]) {
      expect(await codeOf({ ...event, blocks: blocks as never })).toBe('invalid-event')
    }
  })

  test('of the operations', async () => {
    const many = await TestRepo.create(postWrites(10))
    const most = await many.write(postWrites(200, 100))
    expect((await verifyCommitEvent(most, { now: NOW })).records).toHaveLength(200)
    const more = await many.write(postWrites(201, 500))
    const error = await repoErrorOfAsync(() => verifyCommitEvent(more, { now: NOW }))
    expect(error.code).toBe('too-many-ops')
    expect(await codeOf({ ...event, ops: {} as never })).toBe('invalid-event')
  })

  test('of a record', async () => {
    const large = await TestRepo.create()
    const record = (size: number): Write => ['com.example.x/large', { text: 'x'.repeat(size) }]
    const most = await large.write([record(1024 * 1024 - 11)])
    expect((await verifyCommitEvent(most, { now: NOW })).records[0]?.bytes).toHaveLength(1_048_576)
    const more = await large.write([record(1024 * 1024 - 10)])
    const error = await repoErrorOfAsync(() => verifyCommitEvent(more, { now: NOW }))
    expect(error).toMatchObject({ code: 'record-too-large', path: 'com.example.x/large' })
  })
})
