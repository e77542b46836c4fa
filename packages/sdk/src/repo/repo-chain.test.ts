import { expect, test } from 'vitest'
import { DID, NOW, postWrites, TestRepo } from '../../test/repo/repository.ts'
import type { MadeEvent } from '../../test/repo/repository.ts'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { encodeCar } from '../data/index.ts'
import { checkCommitEvent } from './check-commit-event.ts'
import { checkSyncEvent } from './check-sync-event.ts'
import { readRepo } from './read-repo.ts'
import { RepoChain } from './repo-chain.ts'
import type { RepoState } from './repo-chain.ts'
import type { SyncEvent } from './repo-event.ts'

const repo = await TestRepo.create()
repo.rev = null
const first = await repo.write(postWrites(20))
const rest: MadeEvent[] = []
for (let i = 0; i < 5; i++) rest.push(await repo.write(postWrites(2, 100 + 2 * i)))
const [second, third, fourth, fifth, sixth] = rest as [
  MadeEvent,
  MadeEvent,
  MadeEvent,
  MadeEvent,
  MadeEvent,
]
const options = { now: NOW, signingKey: repo.keypair.did }

const syncEvent = (): SyncEvent => ({
  did: DID,
  rev: repo.rev ?? '',
  blocks: encodeCar([repo.commit.cid], [repo.commit]),
})

/** A chain that has seen the first two events, and what it remembers. */
async function begun(): Promise<{ chain: RepoChain; states: Map<string, RepoState> }> {
  const states = new Map<string, RepoState>()
  const chain = new RepoChain(states)
  await chain.commit(first, options)
  await chain.commit(second, options)
  return { chain, states }
}

test('events that follow each other keep a repository synchronized', async () => {
  const chain = new RepoChain()
  for (const event of [first, ...rest]) {
    const outcome = await chain.commit(event, options)
    expect(outcome).toMatchObject({
      status: 'synchronized',
      verification: { signature: 'verified', inversion: 'verified', commit: { rev: event.rev } },
    })
  }
})

test('what was checked before is not checked again, but signed by the account it must be', async () => {
  const stranger = await TestRepo.create()
  const { chain, states } = await begun()
  const before = states.get(DID)
  // Without blocks nothing can be checked any more.
  const event = { ...third, blocks: new Uint8Array() }
  const checked = checkCommitEvent(third, { now: NOW })
  const wrong = { ...options, checked, signingKey: stranger.keypair.did }
  const error = await repoErrorOfAsync(() => chain.commit(event, wrong))
  expect(error.code).toBe('invalid-signature')
  expect(states.get(DID)).toEqual(before)
  expect(await chain.commit(event, { ...options, checked })).toMatchObject({
    status: 'synchronized',
    verification: { signature: 'verified', commit: { rev: third.rev } },
  })
})

test('what was checked of a server without prevData is checked again with what is known', async () => {
  const { chain } = await begun()
  const { prevData: _, ...older } = third
  const checked = checkCommitEvent(older, { now: NOW })
  expect(checked.inversion).toBe('no-prev-data')
  expect(await chain.commit(older, { ...options, checked })).toMatchObject({
    status: 'synchronized',
    verification: { inversion: 'verified', prevData: 'verified' },
  })
})

test('a state that was checked before is not checked again', async () => {
  const { chain } = await begun()
  const event = syncEvent()
  const checked = checkSyncEvent(event, { now: NOW })
  const outcome = await chain.sync({ ...event, blocks: new Uint8Array() }, { ...options, checked })
  expect(outcome).toMatchObject({ status: 'desynchronized', reason: 'sync-event' })
})

test('what was checked of another event is a mistake of the caller', async () => {
  const { chain } = await begun()
  const checked = checkCommitEvent(fourth, { now: NOW })
  await expect(chain.commit(third, { ...options, checked })).rejects.toThrow(RangeError)
  await expect(chain.sync(syncEvent(), { ...options, checked })).rejects.toThrow(RangeError)
})

test('what was seen before is ignored', async () => {
  const { chain, states } = await begun()
  const before = states.get(DID)
  for (const event of [first, second]) {
    expect(await chain.commit(event, options)).toEqual({ status: 'ignored', reason: 'old-rev' })
  }
  expect(states.get(DID)).toEqual(before)
})

test('a gap desynchronizes, until the repository was fetched', async () => {
  const { chain, states } = await begun()
  expect(await chain.commit(fourth, options)).toMatchObject({
    status: 'desynchronized',
    reason: 'since',
    verification: { inversion: 'verified' },
  })
  expect(states.get(DID)?.status).toBe('desynchronized')
  const ignored = { status: 'ignored', reason: 'desynchronized' }
  expect(await chain.commit(fifth, options)).toEqual(ignored)

  expect(await chain.resynchronized({ did: DID, rev: third.rev, data: '' })).toMatchObject({
    status: 'desynchronized',
  })
  const { commit } = await readRepo(repo.car(), { did: DID, signingKey: options.signingKey })
  expect((await chain.resynchronized(commit)).status).toBe('synchronized')
  expect(await chain.commit(sixth, options)).toEqual({ status: 'ignored', reason: 'old-rev' })
})

test('another tree before than the last one desynchronizes', async () => {
  const { chain, states } = await begun()
  states.set(DID, { rev: second.rev, data: repo.tree.root(), status: 'synchronized' })
  expect(await chain.commit(third, options)).toMatchObject({
    status: 'desynchronized',
    reason: 'prev-data',
  })
})

test('a repository that nobody knows begins with its first commit, or is fetched', async () => {
  const chain = new RepoChain()
  expect(await chain.commit(third, options)).toMatchObject({
    status: 'desynchronized',
    reason: 'unknown-repo',
  })
})

test('what says that it comes after nothing must not come after a tree', async () => {
  expect(await new RepoChain().commit({ ...third, since: null }, options)).toMatchObject({
    status: 'desynchronized',
    reason: 'unknown-repo',
    verification: { inversion: 'verified' },
  })
})

test('what an event leaves out of its past is filled in, where it can be', async () => {
  const { chain } = await begun()
  const { prevData: _, ...older } = third
  expect(await chain.commit(older, options)).toMatchObject({ status: 'synchronized' })
  const update = await TestRepo.create()
  update.rev = null
  const start = await update.write(postWrites(3))
  const made = await update.write([[postWrites(1)[0]?.[0] ?? '', { text: 'new' }]])
  const other = new RepoChain()
  await other.commit(start, { now: NOW })
  const ops = made.ops.map(({ prev: __, ...rest }) => rest)
  expect(await other.commit({ ...made, ops }, { now: NOW })).toMatchObject({
    status: 'desynchronized',
    reason: 'not-invertible',
  })
})

test('an event that is not valid throws, and changes nothing', async () => {
  const { chain, states } = await begun()
  const before = states.get(DID)
  const forged = { ...third, ops: third.ops.slice(1) }
  const error = await repoErrorOfAsync(() => chain.commit(forged, options))
  expect(error.code).toMatch(/^(inversion-mismatch|missing-block)$/)
  expect(states.get(DID)).toEqual(before)
  expect((await repoErrorOfAsync(() => chain.commit({ ...third, repo: undefined }))).code).toBe(
    'invalid-event',
  )
})

test('a sync event that agrees keeps a repository synchronized, and moves it on', async () => {
  const { chain } = await begun()
  for (const event of [third, fourth, fifth, sixth]) await chain.commit(event, options)
  expect(await chain.sync(syncEvent(), options)).toMatchObject({ status: 'synchronized' })
  const quiet = await TestRepo.create()
  quiet.rev = null
  const other = new RepoChain()
  await other.commit(await quiet.write(postWrites(1)), { now: NOW })
  await quiet.write([])
  const moved = {
    did: DID,
    rev: quiet.rev ?? '',
    blocks: encodeCar([quiet.commit.cid], [quiet.commit]),
  }
  expect(await other.sync(moved, { now: NOW })).toMatchObject({ status: 'synchronized' })
  expect(await other.commit(await quiet.write(postWrites(1, 5)), { now: NOW })).toMatchObject({
    status: 'synchronized',
  })
})

test('a sync event that tells of another tree desynchronizes', async () => {
  const { chain } = await begun()
  expect(await chain.sync(syncEvent(), options)).toMatchObject({
    status: 'desynchronized',
    reason: 'sync-event',
  })
  expect(await chain.sync(syncEvent(), options)).toEqual({ status: 'ignored', reason: 'old-rev' })
  expect(await new RepoChain().sync(syncEvent(), options)).toMatchObject({
    status: 'desynchronized',
    reason: 'unknown-repo',
  })
})

test('a sync event of an empty repository is the beginning of one', async () => {
  const empty = await TestRepo.create()
  const chain = new RepoChain()
  const blocks = encodeCar([empty.commit.cid], [empty.commit])
  const event = { did: DID, rev: empty.rev ?? '', blocks }
  expect(await chain.sync(event, { now: NOW })).toMatchObject({ status: 'synchronized' })
  expect(await chain.commit(await empty.write(postWrites(3)), { now: NOW })).toMatchObject({
    status: 'synchronized',
  })
})
