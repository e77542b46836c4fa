import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cborBlock, collect, inChunks, rawBlock } from '../../test/data/blocks.ts'
import { DID, postWrites, TestRepo } from '../../test/repo/repository.ts'
import type { Write } from '../../test/repo/repository.ts'
import { repoErrorOf, repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { generateKeypair } from '../crypto/index.ts'
import { encodeCar } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import { RepoError } from './repo-error.ts'
import { readRepo } from './read-repo.ts'
import type { ReadRepoOptions } from './read-repo-options.ts'
import type { RepoRecord } from './repo-record.ts'

const like = (number: number): Write => [
  `app.bsky.feed.like/like${number}`,
  { $type: 'app.bsky.feed.like', subject: { uri: `at://a.example/b.c.d/${number}`, cid: 'bafy' } },
]
const writes = [...postWrites(40), like(1), like(2), like(3)]
const repo = await TestRepo.create(writes)
const car = repo.car()
const expected = writes
  .map(([path, record]) => ({ path, record }))
  .toSorted((a, b) => (a.path < b.path ? -1 : 1))

const plain = ({ path, record }: RepoRecord): object => ({ path, record })

/** Reads a whole repository as bytes or as a stream. */
async function read(
  from: 'bytes' | 'stream',
  file: Uint8Array,
  options: ReadRepoOptions = {},
): Promise<RepoRecord[]> {
  if (from === 'bytes') return [...(await readRepo(file, options)).records]
  return collect((await readRepo(inChunks(file, 100), options)).records)
}

describe.each(['bytes', 'stream'] as const)('from %s', (from) => {
  const codeOf = async (file: Uint8Array, options?: ReadRepoOptions): Promise<string> =>
    (await repoErrorOfAsync(() => read(from, file, options))).code

  const carOf = (blocks: CarBlock[], commit = repo.commit): Uint8Array =>
    encodeCar([commit.cid], blocks)

  test('gives every record in the order of the paths', async () => {
    const records = await read(from, car, { did: DID, signingKey: repo.keypair.did })
    expect(records.map(plain)).toEqual(expected)
    const [first] = records
    expect(JSON.parse(JSON.stringify(first))).toEqual({
      uri: `at://${DID}/app.bsky.feed.like/like1`,
      collection: 'app.bsky.feed.like',
      rkey: 'like1',
      cid: cborBlock(like(1)[1]).cid,
      record: like(1)[1],
    })
    expect(first?.record).toBe(first?.record)
  })

  test('gives the commit', async () => {
    const { commit } = await (from === 'bytes' ? readRepo(car) : readRepo(inChunks(car, 7)))
    expect(commit).toEqual({
      cid: repo.commit.cid,
      did: DID,
      version: 3,
      rev: repo.rev,
      data: repo.tree.root(),
      prev: null,
      sig: expect.any(Uint8Array),
    })
  })

  test('gives the records of some collections', async () => {
    const records = await read(from, car, { collections: ['app.bsky.feed.like', 'a.b.c'] })
    expect(records.map(({ rkey }) => rkey)).toEqual(['like1', 'like2', 'like3'])
    expect(await read(from, car, { collections: [] })).toEqual([])
  })

  test('reads a repository without records', async () => {
    const empty = await TestRepo.create()
    expect(await read(from, empty.car())).toEqual([])
  })

  test('takes blocks in any order, more than once, and without need', async () => {
    const more = [rawBlock(Uint8Array.of(1)), cborBlock({ unrelated: true })]
    await assert(
      asyncProperty(integer(), async (seed) => {
        const blocks = [...repo.blocks(), ...repo.blocks().slice(3, 9), ...more]
        let state = seed
        const shuffled = blocks
          .map((block) => ({ block, at: (state = Math.imul(state, 1_103_515_245) + 12_345) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ block }) => block)
        expect((await read(from, carOf(shuffled))).map(plain)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  test('a record that is in the tree twice may be in the file once', async () => {
    const [, record] = postWrites(1)[0] ?? []
    const twice = await TestRepo.create([
      ['app.bsky.feed.post/a', record],
      ...postWrites(20),
      ['app.bsky.feed.post/z', record],
    ])
    const once = [...new Map(twice.blocks().map((block) => [block.cid, block])).values()]
    expect(once.length).toBe(twice.blocks().length - 2)
    const records = await read(from, carOf(once, twice.commit))
    expect(records.filter(({ record: { text } }) => text === 'Post 0')).toHaveLength(3)
  })

  test('detects the change of any bit', async () => {
    const small = (await TestRepo.create(postWrites(3))).car()
    for (let at = 0; at < small.length; at++) {
      for (const bit of from === 'bytes' ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
        const changed = small.with(at, small[at]! ^ (1 << bit))
        const error = await read(from, changed).catch((thrown: unknown) => thrown)
        expect(error, `bit ${bit} of byte ${at}`).toBeInstanceOf(RepoError)
      }
    }
  })

  test('detects every truncation', async () => {
    const small = (await TestRepo.create(postWrites(3))).car()
    for (let length = 0; length < small.length; length++) {
      expect(await codeOf(small.subarray(0, length))).toMatch(/^(invalid-car|missing-block)$/)
    }
  })

  test('detects any block that is missing', async () => {
    const blocks = repo.blocks()
    for (let i = 0; i < blocks.length; i++) {
      const error = await repoErrorOfAsync(() => read(from, carOf(blocks.toSpliced(i, 1))))
      expect(error).toMatchObject({ code: 'missing-block', cid: blocks[i]?.cid })
    }
  })

  test('refuses a file that names no commit, or something else', async () => {
    expect(await codeOf(encodeCar([], repo.blocks()))).toBe('invalid-car')
    const node = repo.tree.root()
    expect(await codeOf(encodeCar([node], repo.blocks()))).toBe('invalid-commit')
    const text = cborBlock('text')
    expect(await codeOf(encodeCar([text.cid], [text]))).toBe('invalid-commit')
    const raw = rawBlock(Uint8Array.of(0xff))
    expect(await codeOf(encodeCar([raw.cid], [raw]))).toBe('invalid-commit')
  })

  test('refuses the repository of another account, and one that it did not sign', async () => {
    expect(await codeOf(car, { did: 'did:plc:z72i7hdynmk6r22z27h6tvur' })).toBe('did-mismatch')
    const other = await generateKeypair('k256')
    expect(await codeOf(car, { signingKey: other.did })).toBe('invalid-signature')
    expect(await codeOf(car, { signingKey: 'did:key:z' })).toBe('invalid-signing-key')
  })

  test.each([
    ['another version', { version: 2 }],
    ['no DID', { did: 'alice.example' }],
    ['no rev', { rev: 'now' }],
    ['data that is no link', { data: 'bafy' }],
    ['data that is a file', { data: { $link: rawBlock(Uint8Array.of(1)).cid } }],
    ['a prev that is no link', { prev: 'bafy' }],
  ])('refuses a commit with %s', async (_, fields) => {
    const commit = await repo.sign(fields)
    expect(await codeOf(carOf([...repo.blocks(), commit], commit))).toBe('invalid-commit')
  })

  test('takes fields in a commit that it does not know, as they are signed, but not many', async () => {
    const fields = (count: number): { [field: string]: number } =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, i]))
    const signingKey = repo.keypair.did
    const commit = await repo.sign(fields(17))
    const file = carOf([commit, ...repo.blocks()], commit)
    expect(await read(from, file, { signingKey })).toHaveLength(writes.length)
    const larger = await repo.sign(fields(18))
    expect(await codeOf(carOf([larger], larger))).toBe('invalid-commit')
  })

  test('refuses a commit without a signature, or without prev', async () => {
    const fields = { did: DID, version: 3, rev: repo.rev, data: { $link: repo.tree.root() } }
    for (const value of [
      { ...fields, prev: null },
      { ...fields, sig: { $bytes: '' } },
    ]) {
      const commit = cborBlock(value)
      expect(await codeOf(carOf([commit], commit))).toBe('invalid-commit')
    }
  })

  test('refuses a path that is not that of a record', async () => {
    for (const path of ['app/x', 'app.bsky.feed.post/..', `a.b.c/${'x'.repeat(513)}`]) {
      const odd = await TestRepo.create([[path, {}]])
      const error = await repoErrorOfAsync(() => read(from, odd.car()))
      expect(error).toMatchObject({ code: 'invalid-path', path })
    }
  })

  test('a record that is no map is refused when it is read', async () => {
    const path = 'app.bsky.feed.post/x'
    const odd = await TestRepo.create([[path, {}]])
    const link = cborBlock({ $link: odd.commit.cid })
    for (const block of [
      cborBlock([1]),
      cborBlock({ $bytes: 'AQ' }),
      link,
      rawBlock(Uint8Array.of(0xff)),
    ]) {
      odd.tree = odd.tree.set(path, block.cid)
      odd.store.put(block.cid, block.bytes)
      odd.commit = await odd.sign({})
      const [record] = await read(from, odd.car())
      expect(repoErrorOf(() => record?.record)).toMatchObject({ code: 'invalid-record', path })
    }
  })
})

describe('a stream', () => {
  test('is read no further than the records that are asked for', async () => {
    let chunks = 0
    let closed = false
    const source = async function* (): AsyncGenerator<Uint8Array, void> {
      try {
        for await (const chunk of inChunks(car, 64)) {
          chunks++
          yield chunk
        }
      } finally {
        closed = true
      }
    }
    const { records } = await readRepo(source())
    for await (const record of records) {
      expect(record.path).toBe(expected[0]?.path)
      break
    }
    expect(chunks).toBeLessThan(car.length / 64 / 2)
    expect(closed).toBe(true)
  })

  test('keeps nothing of a repository in the order of its tree, and all of others', async () => {
    const backwards = encodeCar([repo.commit.cid], repo.blocks().toReversed())
    const limited = { maxBufferedBytes: 0 }
    expect(await read('stream', car, limited)).toHaveLength(writes.length)
    const error = await repoErrorOfAsync(() => read('stream', backwards, limited))
    expect(error.code).toBe('buffer-full')
    expect(await read('stream', backwards)).toHaveLength(writes.length)
  })

  test('that fails is closed, and its error passed on', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array, void> {
      yield car.subarray(0, 1000)
      throw new TypeError('of the network')
    }
    const run = async (): Promise<unknown> => collect((await readRepo(failing())).records)
    await expect(run()).rejects.toThrow('of the network')
  })
})
