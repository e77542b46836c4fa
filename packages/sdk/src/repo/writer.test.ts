import { array, assert, asyncProperty, constantFrom, integer, option, record } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { generateKeypair } from '../crypto/index.ts'
import type { Keypair } from '../crypto/index.ts'
import { decodeCbor, encodeCar, encodeCbor, readCar } from '../data/index.ts'
import { formatTid } from '../syntax/index.ts'
import { MemoryBlockStore } from './block-store.ts'
import { CarBlocks } from './car-blocks.ts'
import { Mst } from './mst.ts'
import { readRepo } from './read-repo.ts'
import { verifyCommitEvent } from './verify-commit-event.ts'
import { verifySyncEvent } from './verify-sync-event.ts'
import { cborBlock } from './writer-block.ts'
import { signCommit } from './writer-commit.ts'
import type { RepoWrite } from './writer-ops.ts'
import type { WrittenCommitEvent } from './writer-event.ts'
import { RepoWriter } from './writer.ts'

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const NOTE = 'com.example.note'

let keypair: Keypair
beforeAll(async () => {
  keypair = await generateKeypair('p256')
})

const note = (rkey: string | number, text = `note ${rkey}`): RepoWrite => ({
  action: 'create',
  collection: NOTE,
  rkey: `${rkey}`,
  record: { text },
})

const notes = (from: number, to: number): RepoWrite[] =>
  Array.from({ length: to - from }, (_, i) => note(from + i))

const newRepo = async (count = 0): Promise<RepoWriter> => {
  const repo = await RepoWriter.create({ did: DID, keypair })
  for (let at = 0; at < count; at += 200) {
    await repo.applyWrites(notes(at, Math.min(at + 200, count)))
  }
  return repo
}

const carOf = async (repo: RepoWriter): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(Buffer.concat(await Array.fromAsync(repo.exportCar())))

const contentOf = async (car: Uint8Array): Promise<Record<string, unknown>> => {
  const { records } = await readRepo(car, { did: DID, signingKey: keypair.did })
  return Object.fromEntries(Array.from(records, ({ path, record }) => [path, record]))
}

describe('a new repository', () => {
  test('is empty, signed and readable', async () => {
    const repo = await newRepo()
    expect(repo.commit).toMatchObject({ did: DID, version: 3, prev: null })
    expect(repo.commit.data).toBe(Mst.from([]).root())
    expect(await contentOf(await carOf(repo))).toEqual({})
  })

  test('is announced by a #sync event', async () => {
    const repo = await newRepo()
    const event = repo.syncEvent()
    expect(event).toMatchObject({ did: DID, rev: repo.commit.rev })
    const { commit, signature } = await verifySyncEvent(event, { signingKey: keypair.did })
    expect(commit).toEqual(repo.commit)
    expect(signature).toBe('verified')
  })

  test('is of a DID', async () => {
    await expect(RepoWriter.create({ did: 'alice.example', keypair })).rejects.toThrow(/DID|did/)
  })
})

describe('writes', () => {
  test('change the records, and are told of in their order', async () => {
    const repo = await newRepo(3)
    const before = repo.commit
    const { ops, commit, event } = await repo.applyWrites([
      { action: 'update', collection: NOTE, rkey: '1', record: { text: 'changed' } },
      note('new'),
      { action: 'delete', collection: NOTE, rkey: '0' },
    ])
    expect(ops.map(({ action, path }) => `${action} ${path}`)).toEqual([
      `update ${NOTE}/1`,
      `create ${NOTE}/new`,
      `delete ${NOTE}/0`,
    ])
    expect(ops.map(({ cid }) => cid !== null)).toEqual([true, true, false])
    expect(ops.map(({ prev }) => prev !== null)).toEqual([true, false, true])
    expect(commit).toBe(repo.commit)
    expect(commit.rev > before.rev).toBe(true)
    expect(event).toMatchObject({
      repo: DID,
      rev: commit.rev,
      since: before.rev,
      commit: { $link: commit.cid },
      prevData: { $link: before.data },
      blobs: [],
      rebase: false,
      tooBig: false,
    })
    expect(repo.getRecord(NOTE, '1')).toEqual({ $type: NOTE, text: 'changed' })
    expect(repo.getRecord(NOTE, '0')).toBeUndefined()
    expect(await contentOf(await carOf(repo))).toEqual({
      [`${NOTE}/1`]: { $type: NOTE, text: 'changed' },
      [`${NOTE}/2`]: { $type: NOTE, text: 'note 2' },
      [`${NOTE}/new`]: { $type: NOTE, text: 'note new' },
    })
  })

  test('make an event that goes over the wire as the lexicon has it', async () => {
    const repo = await newRepo(2)
    const { event } = await repo.applyWrites([{ action: 'delete', collection: NOTE, rkey: '1' }])
    const received = decodeCbor(encodeCbor({ seq: 7, ...event }, { raw: true }))
    expect(received).toMatchObject({
      seq: 7,
      ops: [{ action: 'delete', path: `${NOTE}/1`, cid: null, prev: event.ops[0]?.prev }],
      blocks: { $bytes: expect.any(String) },
      time: expect.stringMatching(/Z$/),
    })
    const verification = await verifyCommitEvent(received as unknown as WrittenCommitEvent)
    expect(verification.inversion).toBe('verified')
  })

  test('get a TID for a key, where they name none', async () => {
    const repo = await newRepo()
    const write: RepoWrite = { action: 'create', collection: NOTE, record: {} }
    const { ops } = await repo.applyWrites([write, write])
    expect(new Set(ops.map(({ rkey }) => rkey)).size).toBe(2)
    for (const { rkey } of ops) expect(rkey).toMatch(/^[2-7a-z]{13}$/)
  })

  test('that are none sign the state anew', async () => {
    const repo = await newRepo(20)
    const before = repo.commit
    const { event, ops } = await repo.applyWrites([])
    expect(ops).toEqual([])
    expect(repo.commit).toMatchObject({ data: before.data })
    expect(repo.commit.rev > before.rev).toBe(true)
    const options = { signingKey: keypair.did, prevData: before.data }
    expect(await verifyCommitEvent(event, options)).toMatchObject({ inversion: 'verified' })
  })

  test('that come at once are done one after the other', async () => {
    const repo = await newRepo()
    const updates = await Promise.all(notes(0, 12).map((write) => repo.applyWrites([write])))
    expect(Object.keys(await contentOf(await carOf(repo)))).toHaveLength(12)
    const revs = updates.map(({ commit }) => commit.rev)
    expect(updates.map(({ event }) => event.since).slice(1)).toEqual(revs.slice(0, -1))
  })

  test('may leave nothing', async () => {
    const repo = await newRepo(1)
    const { event } = await repo.applyWrites([{ action: 'delete', collection: NOTE, rkey: '0' }])
    expect(repo.commit.data).toBe(Mst.from([]).root())
    expect(await verifyCommitEvent(event)).toMatchObject({ inversion: 'verified' })
    expect(await contentOf(await carOf(repo))).toEqual({})
  })

  test('that write what was there before still go into the event', async () => {
    const repo = await newRepo(1)
    await repo.applyWrites([{ action: 'delete', collection: NOTE, rkey: '0' }])
    const { event } = await repo.applyWrites([note(0)])
    const { records } = await verifyCommitEvent(event)
    expect(records.map(({ record }) => record)).toEqual([{ $type: NOTE, text: 'note 0' }])
  })
})

describe('the event of a commit', () => {
  const write = record({
    number: integer({ min: 0, max: 120 }),
    text: option(constantFrom('a', 'b'), { freq: 2 }),
  })

  test('is verified in all respects, whatever was written', async () => {
    await assert(
      asyncProperty(array(array(write, { maxLength: 12 }), { maxLength: 4 }), async (batches) => {
        const repo = await newRepo(60)
        for (const batch of batches) {
          const prevData = repo.commit.data
          const writes = new Map<string, RepoWrite>()
          for (const { number, text } of batch) {
            const place = { collection: NOTE, rkey: `${number}` }
            const exists = repo.tree.get(`${NOTE}/${number}`) !== undefined
            if (text) {
              const action = exists ? 'update' : 'create'
              writes.set(place.rkey, { action, ...place, record: { text } })
            } else if (exists) {
              writes.set(place.rkey, { action: 'delete', ...place })
            }
          }
          const { event } = await repo.applyWrites([...writes.values()])
          expect(
            await verifyCommitEvent(event, { signingKey: keypair.did, prevData }),
          ).toMatchObject({ signature: 'verified', inversion: 'verified', prevData: 'verified' })
          expectUndoneInAnyOrder(event)
        }
        expect(Mst.from([...repo.tree]).root()).toBe(repo.commit.data)
      }),
      { numRuns: 40 },
    )
  })

  test('holds what it takes and no more: with one block less it cannot be verified', async () => {
    const repo = await newRepo(400)
    for (const writes of [
      [note('x')],
      [{ action: 'delete', collection: NOTE, rkey: '99' }],
      [{ action: 'update', collection: NOTE, rkey: '250', record: {} }],
    ] satisfies RepoWrite[][]) {
      const { event } = await repo.applyWrites(writes)
      const { roots, blocks: iterator } = readCar(event.blocks)
      const blocks = [...iterator]
      expect(blocks.length).toBeGreaterThan(2)
      for (const { cid } of blocks) {
        const car = encodeCar(
          roots,
          blocks.filter((block) => block.cid !== cid),
        )
        const error = await repoErrorOfAsync(() => verifyCommitEvent({ ...event, blocks: car }))
        expect(error).toMatchObject({ code: 'missing-block', cid })
      }
    }
  })

  function expectUndoneInAnyOrder({ ops, blocks, prevData, commit }: WrittenCommitEvent): void {
    const proof = new CarBlocks(blocks)
    const { data } = decodeCbor(proof.get(commit.$link)!) as { data: { $link: string } }
    const changes = ops.map(({ path, prev }) => [path, prev?.$link] as const)
    for (const order of [changes, changes.toReversed()]) {
      expect(Mst.load(data.$link, proof).update(order).root()).toBe(prevData.$link)
    }
  }
})

describe('writes are refused, all of them,', () => {
  const update: RepoWrite = { action: 'update', collection: NOTE, rkey: '7', record: {} }
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle

  test.each<[string, RepoWrite[], string]>([
    ['that create what is there', [note(0)], 'record-exists'],
    ['that update what is not there', [update], 'record-not-found'],
    ['that delete it', [{ action: 'delete', collection: NOTE, rkey: '7' }], 'record-not-found'],
    ['of one record twice', [note(7), update], 'duplicate-op'],
    ['that are too many', notes(100, 301), 'too-many-ops'],
    ['with a collection that is none', [{ ...note(7), collection: 'note' }], 'invalid-path'],
    ['with a record key that is none', [note('a/b')], 'invalid-path'],
    ['with no record key', [note('')], 'invalid-path'],
    ['of another type', [{ ...note(7), record: { $type: 'com.example.other' } }], 'invalid-record'],
    ['with a float', [{ ...note(7), record: { number: 1.5 } }], 'invalid-record'],
    ['with undefined', [{ ...note(7), record: { nothing: undefined } }], 'invalid-record'],
    ['with a cycle', [{ ...note(7), record: cycle }], 'invalid-record'],
    ['of a record that is too large', [note(7, 'x'.repeat(1_000_000))], 'record-too-large'],
    [
      'of records that are too large together',
      [7, 8, 9].map((number) => note(number, `${number}`.repeat(700_000))),
      'blocks-too-large',
    ],
  ] as [string, RepoWrite[], string][])('%s', async (_, writes, code) => {
    const repo = await newRepo(3)
    const before = await carOf(repo)
    const batch = writes.length > 200 ? writes : [note('first'), ...writes]
    expect((await repoErrorOfAsync(() => repo.applyWrites(batch))).code).toBe(code)
    expect(await carOf(repo)).toEqual(before)
    await repo.applyWrites([note('after')])
    expect(repo.getRecord(NOTE, 'after')).toBeDefined()
  })

  test('where the key cannot sign', async () => {
    let works = true
    const signer = {
      ...keypair,
      sign: (bytes: Uint8Array) =>
        works ? keypair.sign(bytes) : Promise.reject(new Error('no hardware')),
    }
    const repo = await RepoWriter.create({ did: DID, keypair: signer })
    works = false
    await expect(repo.applyWrites([note(1)])).rejects.toThrow('no hardware')
    works = true
    await repo.applyWrites([note(2)])
    expect(Object.keys(await contentOf(await carOf(repo)))).toEqual([`${NOTE}/2`])
  })
})

describe('an exported repository', () => {
  test('is in the order of its tree: a reader of the stream keeps nothing', async () => {
    const repo = await newRepo(600)
    const options = { signingKey: keypair.did, maxBufferedBytes: 1 }
    const { commit, records } = await readRepo(repo.exportCar(), options)
    expect(commit).toEqual(repo.commit)
    expect((await Array.fromAsync(records)).map(({ path }) => path)).toEqual(
      [...repo.tree].map(([path]) => path),
    )
  })

  test('is of the state that was there when the export began', async () => {
    const repo = await newRepo(50)
    const before = await carOf(repo)
    const exported = repo.exportCar()
    await repo.applyWrites([note('x'), { action: 'delete', collection: NOTE, rkey: '3' }])
    const chunks = await Array.fromAsync(exported)
    expect(new Uint8Array(Buffer.concat(chunks))).toEqual(before)
  })

  test('is not given out with a hole', async () => {
    const store = new MemoryBlockStore()
    const repo = await RepoWriter.create({ did: DID, keypair, store })
    const { ops } = await repo.applyWrites([note(1)])
    store.delete(ops[0]!.cid!)
    const error = await repoErrorOfAsync(() => carOf(repo))
    expect(error).toMatchObject({ code: 'missing-block', path: `${NOTE}/1` })
  })
})

describe('a repository that was written elsewhere', () => {
  test.each(['bytes', 'a stream'])('is imported from %s, and written on', async (kind) => {
    const repo = await newRepo(300)
    const car = await carOf(repo)
    const source = kind === 'bytes' ? car : new Response(car).body!
    const imported = await RepoWriter.import(source, {
      keypair,
      did: DID,
      signingKey: keypair.did,
    })
    expect(imported.commit).toEqual(repo.commit)
    expect(await carOf(imported)).toEqual(car)
    const { event } = await imported.applyWrites([note('x')])
    expect(event.since).toBe(repo.commit.rev)
    const options = { signingKey: keypair.did, prevData: repo.commit.data }
    expect(await verifyCommitEvent(event, options)).toMatchObject({ prevData: 'verified' })
  })

  test('is signed anew with the key of its new server', async () => {
    const car = await carOf(await newRepo(5))
    const newKey = await generateKeypair('k256')
    const moved = await RepoWriter.import(car, { keypair: newKey, signingKey: keypair.did })
    const { event } = await moved.applyWrites([])
    const options = { signingKey: newKey.did }
    expect(await verifyCommitEvent(event, options)).toMatchObject({ signature: 'verified' })
    expect((await readRepo(await carOf(moved), options)).commit).toEqual(moved.commit)
  })

  test('goes on after a revision of a clock that is ahead', async () => {
    const { commit } = await newRepo()
    const rev = formatTid({ timestamp: (Date.now() + 3_600_000) * 1000, clockId: 0 })
    const { block } = await signCommit({ ...commit, rev }, keypair)
    const store = new MemoryBlockStore()
    Mst.from([]).save(store)
    store.put(block.cid, block.bytes)
    const ahead = RepoWriter.open({ keypair, store, commit: block.cid })
    const { event } = await ahead.applyWrites([note(1)])
    expect(event.since).toBe(rev)
    expect(event.rev > rev).toBe(true)
  })

  test('is not imported with a fault', async () => {
    const car = await carOf(await newRepo(5))
    const other = await generateKeypair('k256')
    const importing = (bytes: Uint8Array, signingKey = keypair.did): Promise<string> =>
      repoErrorOfAsync(() => RepoWriter.import(bytes, { keypair, signingKey })).then(
        ({ code }) => code,
      )
    expect(await importing(car, other.did)).toBe('invalid-signature')
    expect(await importing(car.subarray(0, -1))).toBe('invalid-car')
    expect(
      await importing(Uint8Array.from(car, (byte, i) => (i === car.length - 1 ? byte ^ 1 : byte))),
    ).toBe('hash-mismatch')
  })

  test('is not imported with a commit that could not be kept as it is', async () => {
    const repo = await newRepo(1)
    const { roots, blocks: iterator } = readCar(await carOf(repo))
    const blocks = [...iterator]
    const fields = decodeCbor(blocks[0]!.bytes) as Record<string, unknown>
    const extended = cborBlock(encodeCbor({ ...fields, extra: 1 }))
    expect(roots).toHaveLength(1)
    const car = encodeCar([extended.cid], [extended, ...blocks.slice(1)])
    const error = await repoErrorOfAsync(() => RepoWriter.import(car, { keypair }))
    expect(error).toMatchObject({ code: 'invalid-commit', cid: extended.cid })
  })

  test('is opened from its store', async () => {
    const store = new MemoryBlockStore()
    const repo = await RepoWriter.create({ did: DID, keypair, store })
    await repo.applyWrites(notes(0, 200))
    const opened = RepoWriter.open({ keypair, store, commit: repo.commit.cid })
    expect(opened.commit).toEqual(repo.commit)
    const { event } = await opened.applyWrites([
      note('x'),
      { action: 'delete', collection: NOTE, rkey: '17' },
    ])
    expect(await verifyCommitEvent(event)).toMatchObject({ inversion: 'verified' })
    expect(await carOf(opened)).toEqual(
      await carOf(RepoWriter.open({ keypair, store, commit: opened.commit.cid })),
    )
  })

  test('is not opened without its commit', async () => {
    const { commit } = await newRepo()
    const store = new MemoryBlockStore()
    const error = await repoErrorOfAsync(async () =>
      RepoWriter.open({ keypair, store, commit: commit.cid }),
    )
    expect(error.code).toBe('missing-block')
  })
})
