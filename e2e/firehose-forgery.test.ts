// A relay forges commits of the reference PDS: none of them reaches the program as verified.
import { IdentityResolver } from 'atproto.ts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Follower } from './follower.ts'
import * as forgeries from './forgery.ts'
import { startForgingRelay } from './forging-relay.ts'
import { Stage } from './stage.ts'

const NOTES = 'com.example.note'

const { addOp, changeAccount, changeRecord, changeRevision, leaveOpAndPrevDataOut } = forgeries
const { leaveOpOut, replaceRecord, signWithOtherKey, turnIntoDeletion } = forgeries

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => stage.close())

/** Writes a note, several in a commit that the relay forges, and another note; and follows that. */
async function followForgery(verify: 'content' | 'full', forgery: forgeries.Forgery) {
  const { account, atproto } = await stage.enter()
  const notes = atproto.collection(NOTES)
  // Nobody else has one like it: the stream has the notes of all tests.
  const forgedKey = `forged-${account.handle}`
  await notes.put({ text: 'Before' }, { rkey: 'before' })
  await atproto.repo.applyWrites({
    writes: [forgedKey, 'with-it'].map((rkey) => {
      const value = { $type: NOTES, text: rkey }
      return { $type: 'com.atproto.repo.applyWrites#create', collection: NOTES, rkey, value }
    }),
  })
  const { uri } = (await notes.put({ text: 'After' }, { rkey: 'after' })).data

  await using relay = await startForgingRelay(stage.pds.url, forgedKey, forgery)
  const identity = new IdentityResolver({ plcUrl: stage.network.plcUrl, allowLoopback: true })
  await using follower = new Follower({ service: relay.url, cursor: 0, verify, identity })
  await follower.untilWritten(uri)
  const isForged = (path: string) => path.endsWith(`/${forgedKey}`)
  return {
    did: account.did,
    forged: follower.events.filter(
      (event) => event.kind === 'commit' && event.ops.some(({ path }) => isForged(path)),
    ),
    errors: follower.errors.filter(({ code }) => code !== 'connection-closed'),
    last: follower.commitsOf(account.did).at(-1),
  }
}

const OF_CONTENT = [
  ['a record that was changed', changeRecord, 'hash-mismatch'],
  ['a record that was replaced', replaceRecord, 'op-mismatch'],
  ['an operation that was left out', leaveOpOut, 'inversion-mismatch'],
  ['an operation that was added', addOp, 'op-mismatch'],
  ['a creation that was turned into a deletion', turnIntoDeletion, 'op-mismatch'],
  ['a commit of another account', changeAccount, 'event-mismatch'],
  ['a commit with another revision', changeRevision, 'event-mismatch'],
] as const

test.each(
  (['content', 'full'] as const).flatMap((verify) =>
    OF_CONTENT.map(([what, forgery, code]) => ({ verify, what, forgery, code })),
  ),
)('$what is refused once and never handed out, verified: $verify', async (row) => {
  const { forged, errors } = await followForgery(row.verify, row.forgery)
  expect(forged).toEqual([])
  expect(errors).toMatchObject([{ code: 'verification-failed', cause: { code: row.code } }])
})

test.each([
  ['a commit that is signed with another key', signWithOtherKey, 'invalid-signature'],
  [
    'an operation that was left out, with the tree before',
    leaveOpAndPrevDataOut,
    'inversion-mismatch',
  ],
] as const)('%s is refused once where all is verified', async (_, forgery, code) => {
  const { did, forged, errors, last } = await followForgery('full', forgery)
  expect(forged).toEqual([])
  expect(errors).toMatchObject([{ code: 'verification-failed', did, cause: { code } }])
  // What was refused is missing, and that is told.
  expect(last?.verification?.chain).toEqual({ status: 'desynchronized', reason: 'since' })
})

test.each([
  [
    'a commit that is signed with another key',
    signWithOtherKey,
    { signature: 'not-checked', inversion: 'verified' },
  ],
  [
    'an operation that was left out, with the tree before',
    leaveOpAndPrevDataOut,
    { signature: 'not-checked', inversion: 'no-prev-data' },
  ],
] as const)(
  '%s is not said to be verified where the content alone is',
  async (_, forgery, verification) => {
    const { forged, errors } = await followForgery('content', forgery)
    expect(forged).toMatchObject([{ verification }])
    expect(errors).toEqual([])
  },
)
