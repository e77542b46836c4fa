// The firehose of the reference PDS: every kind of event that it sends, verified.
import { generateKeypair } from 'atproto.ts/crypto'
import { IdentityResolver } from 'atproto.ts/identity'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Follower } from './follower.ts'
import { PlcAccount } from './plc-account.ts'
import { post } from './scenarios/scenario.ts'
import { Stage, type Actor } from './stage.ts'

const NOTES = 'com.example.note'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => stage.close())

const openResolver = () =>
  new IdentityResolver({ plcUrl: stage.network.plcUrl, allowLoopback: true, dns: async () => [] })

const writePost = async ({ atproto }: Actor, text: string) =>
  (await atproto.collection('app.bsky.feed.post').create(post(text))).data.uri

/** Creates many notes in one commit; then changes some of them, and deletes some, in another. */
async function writeManyNotes({ atproto }: Actor): Promise<void> {
  const places = Array.from({ length: 40 }, (_, i) => {
    return { collection: NOTES, rkey: `note-${i}` } as const
  })
  const creations = places.map((place, i) => {
    const value = { $type: NOTES, text: `Note ${i}`, deep: [{ i, unicode: 'ü 漢 👩‍👩‍👧' }] }
    return { $type: 'com.atproto.repo.applyWrites#create', ...place, value } as const
  })
  await atproto.repo.applyWrites({ writes: creations })
  const changes = places.slice(0, 30).map((place, i) => {
    if (i % 2 === 0) return { $type: 'com.atproto.repo.applyWrites#delete', ...place } as const
    const value = { $type: NOTES, text: `Changed ${i}` }
    return { $type: 'com.atproto.repo.applyWrites#update', ...place, value } as const
  })
  await atproto.repo.applyWrites({ writes: changes })
}

describe.each(['content', 'full'] as const)('verified: %s', (verify) => {
  const follow = (identity = openResolver()) =>
    new Follower({ service: stage.pds.url, cursor: 0, verify, identity })

  test('writes arrive as they were made, with the records that the PDS gives', async () => {
    const actor = await stage.enter()
    const { did } = actor.account
    const notes = actor.atproto.collection(NOTES)
    await notes.put({ text: 'First', bytes: { $bytes: 'AQID' } }, { rkey: 'a' })
    await notes.put({ text: 'Second', of: { $link: (await first(actor)).cid } }, { rkey: 'a' })
    await notes.delete({ rkey: 'a' })
    await writeManyNotes(actor)
    const last = await writePost(actor, 'The last one')

    await using follower = follow()
    await follower.untilWritten(last)
    const commits = follower.commitsOf(did)
    const counts = commits.map(({ ops }) => {
      const actions = new Map<string, number>()
      for (const { action } of ops) actions.set(action, (actions.get(action) ?? 0) + 1)
      return Object.fromEntries(actions)
    })
    expect(counts).toEqual([
      // An account begins with an empty repository.
      {},
      { create: 1 },
      { update: 1 },
      { delete: 1 },
      { create: 40 },
      { update: 15, delete: 15 },
      { create: 1 },
    ])
    for (const { verification } of commits) {
      expect(verification).toMatchObject(
        verify === 'full'
          ? {
              inversion: 'verified',
              signature: 'verified',
              chain: { status: 'synchronized' },
            }
          : { inversion: 'verified', signature: 'not-checked' },
      )
    }
    expect(follower.errorsOf(did)).toEqual([])

    const [, created, updated, deleted] = commits.map(({ ops }) => ops[0])
    expect(created).toMatchObject({ path: `${NOTES}/a`, prev: null })
    expect(created?.record).toEqual({ $type: NOTES, text: 'First', bytes: { $bytes: 'AQID' } })
    expect(updated).toMatchObject({ prev: created?.cid })
    expect(updated?.record).toEqual({ $type: NOTES, text: 'Second', of: { $link: created?.cid } })
    expect(deleted).toMatchObject({ prev: updated?.cid, cid: null, record: null })
    const latest = new Map(commits.flatMap(({ ops }) => ops).map((op) => [op.uri, op]))
    for (const { uri, cid, record } of latest.values()) {
      const got = await actor.atproto.repo.getRecord({ uri }).catch((error: unknown) => error)
      expect(got).toMatchObject(
        cid ? { data: { uri, cid, value: record } } : { error: 'RecordNotFound' },
      )
    }
  })

  const first = async ({ atproto }: Actor) =>
    (await atproto.collection(NOTES).get({ rkey: 'a' })).data

  test('what becomes of an account arrives', async () => {
    await using follower = follow()
    const { account, atproto } = await stage.enter()
    const { did, email, password } = account
    const told = () =>
      follower.eventsOf(did).map((event) => {
        if (event.kind === 'account') return `account ${event.active ? 'active' : event.status}`
        return event.kind === 'identity' ? `identity ${event.handle}` : event.kind
      })

    const handle = `${verify}-${account.handle}` as const
    await atproto.identity.updateHandle({ handle })
    await atproto.server.deactivateAccount({})
    await atproto.server.activateAccount()
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did } as const
    for (const applied of [true, false]) {
      const takedown = { applied, ref: 'case 1' }
      await stage.visitor.admin.updateSubjectStatus({ subject, takedown }, stage.asAdmin)
    }
    // Once the account is deleted, the PDS has these no more.
    const expected = [
      `identity ${account.handle}`,
      'account active',
      'commit',
      'sync',
      `identity ${handle}`,
      'account deactivated',
      'account active',
      `identity ${handle}`,
      'sync',
      'account takendown',
      'account active',
    ]
    await follower.until(() => told().length >= expected.length)
    const login = { identifier: handle, password }
    const home = stage.resume((await stage.visitor.server.createSession(login)).data)
    await home.server.requestAccountDelete()
    await home.server.deleteAccount({ did, password, token: stage.pds.mailedCode(email) })
    await follower.until(() => told().length > expected.length)
    expect(told()).toEqual([...expected, 'account deleted'])
    expect(follower.errorsOf(did)).toEqual([])
    for (const event of follower.eventsOf(did)) {
      if (event.kind !== 'sync') continue
      const signature = verify === 'full' ? 'verified' : 'not-checked'
      expect(event.verification).toMatchObject({ signature })
    }
  })

  test('after an import the PDS tells of a wrong revision, which is refused', async () => {
    const actor = await stage.enter()
    const { did } = actor.account
    const { sync, server, repo } = actor.atproto
    await writePost(actor, 'In the import')
    const car = await new Response((await sync.getRepo({ did })).data).blob()
    await writePost(actor, 'Not in the import')
    await server.deactivateAccount({})
    await repo.importRepo(car)
    await server.activateAccount()
    const last = await writePost(actor, 'After the import')

    await using follower = follow()
    await follower.untilWritten(last)
    expect(follower.errorsOf(did)).toMatchObject([
      { code: 'verification-failed', cause: { code: 'event-mismatch' } },
    ])
    // It is noticed all the same: the next event does not follow the last one.
    const chain = { status: 'desynchronized', reason: 'since' }
    expect(follower.commitsOf(did).at(-1)?.verification).toMatchObject(
      verify === 'full' ? { chain } : { inversion: 'verified' },
    )
  })
})

describe('a signing key that changes', () => {
  const follow = (identity: IdentityResolver) =>
    new Follower({ service: stage.pds.url, cursor: 0, verify: 'full', identity })

  test('is asked for anew when a signature does not fit', async () => {
    const actor = await stage.enter()
    const { did } = actor.account
    const plc = new PlcAccount(stage, actor)
    const identity = openResolver()
    await using follower = follow(identity)
    await follower.untilWritten(await writePost(actor, 'Signed with the key of the account'))

    const signingKey = await plc.signingKey()
    await plc.setSigningKey((await generateKeypair('p256')).did)
    expect(await identity.resolveKey(did, 'atproto', true)).not.toBe(signingKey)
    await plc.setSigningKey(signingKey)
    const uri = await writePost(actor, 'Signed with a key that the resolver has not seen')
    expect(await follower.untilWritten(uri)).toMatchObject({
      verification: { signature: 'verified', chain: { status: 'synchronized' } },
    })
    expect(follower.errorsOf(did)).toEqual([])
  })

  test('leaves what it did not sign unverified, once the PDS has told of it', async () => {
    const actor = await stage.enter()
    const { did, handle } = actor.account
    const { identity } = actor.atproto
    const plc = new PlcAccount(stage, actor)
    await using follower = follow(openResolver())
    await follower.untilWritten(await writePost(actor, 'Signed with the key of the account'))

    const signingKey = await plc.signingKey()
    await plc.setSigningKey((await generateKeypair('k256')).did)
    await identity.updateHandle({ handle: `rekeyed-${handle}` })
    await writePost(actor, 'Signed with a key that is no longer that of the account')
    const refusal = await follower.untilError((error) => error.did === did)
    expect(refusal).toMatchObject({
      code: 'verification-failed',
      cause: { code: 'invalid-signature' },
    })

    await plc.setSigningKey(signingKey)
    await identity.updateHandle({ handle: `again-${handle}` })
    const last = await writePost(actor, 'Signed with the key of the account again')
    const chain = { status: 'desynchronized', reason: 'since' }
    expect(await follower.untilWritten(last)).toMatchObject({
      verification: { signature: 'verified', chain },
    })
    expect(follower.errorsOf(did)).toHaveLength(1)
  })
})
