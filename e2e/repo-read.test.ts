// Repositories and events of the reference PDS, read and verified.
import { paginate, splitWrites, type ATProto } from 'atproto.ts'
import {
  diffRepos,
  readRepo,
  RepoChain,
  verifyCommitEvent,
  verifyRecordProof,
  type RepoRecord,
} from 'atproto.ts/repo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectEvents } from './firehose-frames.ts'
import type { Account } from './network.ts'
import { post } from './scenarios/scenario.ts'
import { Stage } from './stage.ts'

const COLLECTIONS = ['app.bsky.feed.post', 'com.example.alpha', 'com.example.note'] as const

let stage: Stage
let account: Account
let atproto: ATProto
let signingKey: string
/** The repository before the last few commits. */
let earlier: Uint8Array

beforeAll(async () => {
  stage = await Stage.open()
  ;({ account, atproto } = await stage.enter())
  const { did } = account
  const data = await fetch(`${stage.network.plcUrl}/${did}/data`)
  const { verificationMethods } = (await data.json()) as {
    verificationMethods: { atproto: string }
  }
  signingKey = verificationMethods.atproto
  for (const writes of splitWrites(createNotes(450))) await atproto.repo.applyWrites({ writes })
  for (let i = 0; i < 10; i++) {
    await atproto.collection('app.bsky.feed.post').create(post(`Post ${i}`))
  }
  earlier = await download()
  // Creations, updates and deletions side by side, so that the trees change in many ways.
  for (let round = 0; round < 12; round++) {
    await atproto.repo.applyWrites({ writes: mixedWrites(round) })
  }
})
afterAll(async () => stage.close())

/** The place of a note. Every other one is in the other collection. */
function placeOf(i: number, rkey = `note-${i}`) {
  return { collection: COLLECTIONS[1 + (i % 2)] ?? COLLECTIONS[1], rkey }
}

function createWrite(place: ReturnType<typeof placeOf>) {
  const value = { $type: place.collection, madeAs: place.rkey }
  return { $type: 'com.atproto.repo.applyWrites#create', ...place, value } as const
}

function createNotes(count: number) {
  return Array.from({ length: count }, (_, i) => createWrite(placeOf(i)))
}

/** Of each three notes from a number on, one is changed, one deleted, and one more made. */
function mixedWrites(round: number) {
  return Array.from({ length: 2 + 3 * round }, (_, n) => {
    const i = round * 36 + n
    const place = placeOf(i)
    if (n % 3 === 0) {
      const value = { $type: place.collection, changedIn: round }
      return { $type: 'com.atproto.repo.applyWrites#update', ...place, value } as const
    }
    if (n % 3 === 1) return { $type: 'com.atproto.repo.applyWrites#delete', ...place } as const
    return createWrite(placeOf(i, `more-${i}`))
  })
}

async function download(): Promise<Uint8Array> {
  const { data } = await atproto.sync.getRepo({ did: account.did })
  return new Uint8Array(await new Response(data).arrayBuffer())
}

/** What the server itself says is in the repository. */
async function listAll(): Promise<{ uri: string; cid: string; value: object }[]> {
  const lists = COLLECTIONS.map(async (collection) => {
    const pages = paginate(
      (cursor) => atproto.repo.listRecords({ repo: account.did, collection, cursor, limit: 100 }),
      (page) => page.records,
    )
    return Array.fromAsync(pages)
  })
  const records = (await Promise.all(lists)).flat()
  return records.toSorted((a, b) => (a.uri < b.uri ? -1 : 1))
}

const plain = ({ uri, cid, record }: RepoRecord): object => ({ uri, cid, value: record })

test('a repository reads as the server lists it, from bytes and from a stream', async () => {
  const { did } = account
  const listed = await listAll()
  expect(listed.length).toBeGreaterThan(400)
  const whole = await readRepo(await download(), { did, signingKey })
  expect(Array.from(whole.records, plain)).toEqual(listed)

  const { data } = await atproto.sync.getRepo({ did })
  const { commit, records } = await readRepo(data, { did, signingKey })
  expect(commit).toEqual(whole.commit)
  expect((await Array.fromAsync(records)).map(plain)).toEqual(listed)
})

test('the proof of a record shows it, and that there is no other', async () => {
  const [present] = (await listAll()).slice(200)
  const [collection = '', rkey = ''] = present?.uri.split('/').slice(3) ?? []
  for (const [key, expected] of [
    [rkey, { cid: present?.cid, record: present?.value }],
    [`${rkey}-absent`, { cid: null, record: null }],
  ] as const) {
    const place = { did: account.did, collection, rkey: key } as const
    const url = `${stage.pds.url}/xrpc/com.atproto.sync.getRecord?${new URLSearchParams(place)}`
    const car = new Uint8Array(await (await fetch(url)).arrayBuffer())
    const proof = await verifyRecordProof(car, { ...place, signingKey })
    expect(proof).toMatchObject({ ...expected, signature: 'verified' })
  }
})

test('every event is verified in full, and follows the one before', async () => {
  const latest = await atproto.sync.getLatestCommit({ did: account.did })
  const events = await collectEvents(stage.pds.url, account.did, latest.data.rev)
  expect(events.length).toBeGreaterThan(20)
  const chain = new RepoChain()
  for (const { kind, event } of events) {
    const outcome =
      kind === '#commit'
        ? await chain.commit(event, { signingKey })
        : await chain.sync(event, { signingKey })
    expect(outcome, event.rev).toMatchObject({
      status: 'synchronized',
      verification: { signature: 'verified' },
    })
  }
})

test('no event is verified with an operation left out', async () => {
  const latest = await atproto.sync.getLatestCommit({ did: account.did })
  const events = await collectEvents(stage.pds.url, account.did, latest.data.rev)
  for (const { kind, event } of events) {
    if (kind === '#sync' || event.since === null || event.ops.length > 60) continue
    for (let i = 0; i < event.ops.length; i++) {
      const forged = { ...event, ops: event.ops.toSpliced(i, 1) }
      await expect(verifyCommitEvent(forged)).rejects.toMatchObject({
        code: expect.stringMatching(/^(inversion-mismatch|missing-block)$/),
      })
    }
  }
})

test('the changes between two downloads are those that were made', async () => {
  const expected = new Map(
    Array.from({ length: 12 }, (_, round) => mixedWrites(round))
      .flat()
      .map(({ $type, collection, rkey }) => [`${collection}/${rkey}`, $type.split('#')[1]]),
  )
  const ops = diffRepos(earlier, await download())
  expect(ops.map(({ path, action }) => [path, action])).toEqual(
    [...expected].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
})
