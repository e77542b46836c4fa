// Where the firehose of the reference PDS begins, how it goes on, and what of it is asked for.
import { setImmediate } from 'node:timers/promises'
import { consume, MemoryCursorStore, subscribeRepos } from 'atproto.ts/firehose'
import { IdentityResolver } from 'atproto.ts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Chance } from './chance.ts'
import { Follower } from './follower.ts'
import { post } from './scenarios/scenario.ts'
import { Stage, type Actor } from './stage.ts'

const POSTS = 'app.bsky.feed.post'
const NOTES = 'com.example.note'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => stage.close())

const writePost = async ({ atproto }: Actor, text: string) =>
  (await atproto.collection(POSTS).create(post(text))).data.uri

const writeNote = async ({ atproto }: Actor, text: string) =>
  (await atproto.collection(NOTES).create({ text })).data.uri

test('a subscription goes on after what the one before was done with', async () => {
  const actor = await stage.enter()
  const uris = []
  for (let i = 0; i < 6; i++) uris.push(await writePost(actor, `Post ${i}`))
  const cursorStore = new MemoryCursorStore()
  const runs: string[][] = []
  while (runs.flat().at(-1) !== uris.at(-1)) {
    const run: string[] = []
    runs.push(run)
    const options = {
      service: stage.pds.url,
      cursor: 0,
      cursorStore,
      collections: [POSTS],
    } as const
    for await (const event of subscribeRepos(options)) {
      if (event.kind !== 'commit' || event.did !== actor.account.did) continue
      run.push(...event.ops.map(({ uri }) => uri))
      // It is left before it is done with the last one.
      if (run.length === 3 || run.at(-1) === uris.at(-1)) break
    }
  }
  expect(runs).toEqual([uris.slice(0, 3), uris.slice(2, 5), uris.slice(4)])
})

test('the facade subscribes at the service that it was given', async () => {
  const actor = await stage.enter()
  const uri = await writePost(actor, 'Read by the facade')
  const events = stage.visitor.sync.subscribeRepos({ cursor: 0, collections: [POSTS] })
  const texts: (string | undefined)[] = []
  for await (const event of events) {
    if (event.kind !== 'commit' || event.did !== actor.account.did) continue
    texts.push(...event.ops.map(({ record }) => record?.text))
    if (event.ops.some((op) => op.uri === uri)) break
  }
  expect(texts).toEqual(['Read by the facade'])
})

/** Goes on writing until something fits, as nobody knows when a subscription is connected. */
async function writeUntil(actor: Actor, arrives: Promise<unknown>): Promise<void> {
  for (;;) {
    const written = writePost(actor, 'Meanwhile').then(() => false)
    const isHere = await Promise.race([arrives.then(() => true), written])
    await written
    if (isHere) return
  }
}

test('without a cursor a subscription begins with what happens next', async () => {
  const actor = await stage.enter()
  const follow = () => new Follower({ service: stage.pds.url })
  await using earlier = follow()
  await writeUntil(
    actor,
    earlier.until(() => true),
  )
  const early = await writePost(actor, 'Before')
  await earlier.untilWritten(early)

  await using follower = follow()
  await writeUntil(
    actor,
    follower.until(() => true),
  )
  const late = await writePost(actor, 'Afterwards')
  await follower.untilWritten(late)
  const uris = follower.commitsOf(actor.account.did).flatMap(({ ops }) => ops.map(({ uri }) => uri))
  expect(uris).not.toContain(early)
})

test('a cursor that the PDS has not come to is told of once, and the stream goes on with the present', async () => {
  const actor = await stage.enter()
  await using follower = new Follower({ service: stage.pds.url, cursor: 1_000_000 })
  await writeUntil(
    actor,
    follower.until(({ kind }) => kind === 'commit'),
  )
  const refusals = follower.errors.filter(({ code }) => code === 'error-frame')
  expect(refusals).toMatchObject([{ error: 'FutureCursor' }])
  const last = await writePost(actor, 'After a cursor of another service')
  const { seq } = await follower.untilWritten(last)
  // The next event is asked for by now, or will be soon.
  await writePost(actor, 'One more')
  await follower.until((event) => 'seq' in event && event.seq > seq)
  expect(follower.subscription.cursor).toBeLessThan(1_000_000)
})

test('a cursor that the PDS has forgotten is told of as an event', async () => {
  const pds = await stage.network.addPds({
    serviceDid: 'did:web:forgetful.test',
    repoBackfillLimitMs: 1,
  })
  await pds.createAccount()
  await using follower = new Follower({ service: pds.url, cursor: 0 })
  const told = await follower.until(() => true)
  expect(told).toMatchObject({ kind: 'info', name: 'OutdatedCursor' })
  expect(follower.errors).toEqual([])
})

test.each(
  (['content', 'full'] as const).flatMap((verify) => [
    { verify, collections: [POSTS], expected: ['create post', 'create post', 'delete post'] },
    {
      verify,
      collections: ['com.example.*'],
      expected: ['create note', 'create note', 'delete note'],
    },
    {
      verify,
      collections: ['app.bsky.actor.profile', NOTES],
      expected: ['create profile', 'create note', 'create note', 'delete note'],
    },
  ]),
)('of $collections their own operations come, verified: $verify', async (row) => {
  const { verify, collections, expected } = row
  const actor = await stage.enter()
  const { did, handle } = actor.account
  const { repo, identity } = actor.atproto
  await actor.atproto.collection('app.bsky.actor.profile').put({}, { rkey: 'self' })
  const uris = [await writePost(actor, 'A post'), await writeNote(actor, 'A note')]
  await repo.applyWrites({
    writes: [
      { $type: 'com.atproto.repo.applyWrites#create', collection: POSTS, value: post('Another') },
      { $type: 'com.atproto.repo.applyWrites#create', collection: NOTES, value: { $type: NOTES } },
    ],
  })
  for (const uri of uris) await repo.deleteRecord({ uri })
  // What is not a commit comes in any case.
  await identity.updateHandle({ handle: `last-${handle}` })

  const resolver = new IdentityResolver({ plcUrl: stage.network.plcUrl, allowLoopback: true })
  const options = { service: stage.pds.url, cursor: 0, verify, collections, identity: resolver }
  await using follower = new Follower(options)
  await follower.until((event) => event.kind === 'identity' && event.handle === `last-${handle}`)
  const told = follower.commitsOf(did).map(({ ops }) => {
    return ops.map(({ action, collection }) => `${action} ${collection.split('.').at(-1)}`).join()
  })
  expect(told).toEqual(expected)
  expect(follower.errorsOf(did)).toEqual([])
})

test('events that are consumed side by side are in order within each account', async () => {
  const chance = new Chance()
  const actors = await Promise.all(Array.from({ length: 5 }, async () => stage.enter()))
  const lists = await Promise.all(
    actors.map(async (actor) => {
      const uris = []
      for (let i = 0; i < 12; i++) uris.push(await writeNote(actor, `Note ${i}`))
      return uris
    }),
  )
  const left = new Set(lists.flat())
  const begun = new Map<string, string[]>(actors.map(({ account }) => [account.did, []]))
  const busy = new Set<string>()
  let mostBusy = 0
  let furthest = 0
  const subscription = subscribeRepos({ service: stage.pds.url, cursor: 0, collections: [NOTES] })
  await consume(
    subscription,
    async (event) => {
      if (event.kind !== 'commit') return
      const { did, ops, seq } = event
      expect(busy).not.toContain(did)
      busy.add(did)
      mostBusy = Math.max(mostBusy, busy.size)
      for (const { uri } of ops) begun.get(did)?.push(uri)
      for (let turns = chance.below(20); turns > 0; turns--) await setImmediate()
      busy.delete(did)
      furthest = Math.max(furthest, seq)
      for (const { uri } of ops) left.delete(uri)
      if (left.size === 0) await subscription.close()
    },
    { concurrency: 4 },
  )
  expect([...begun.values()], `seed ${chance.seed}`).toEqual(lists)
  expect(mostBusy, `seed ${chance.seed}`).toBeGreaterThan(1)
  expect(mostBusy).toBeLessThanOrEqual(4)
  expect(subscription.cursor).toBe(furthest)
})
