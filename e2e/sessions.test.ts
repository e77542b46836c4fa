// Sessions against the reference PDS: how they begin, how they are kept, and how they end. It asks for
// no second factor (an entryway does), so that `authFactorToken` has its tests beside its code.
import {
  ATProto,
  createSession,
  NetworkError,
  SessionEndedError,
  UnauthorizedError,
  type Session,
} from 'atproto.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Account } from './network.ts'
import { findNobody } from './nobody.ts'
import { Stage } from './stage.ts'

const GET = 'com.atproto.server.getSession'
const REFRESH = 'com.atproto.server.refreshSession'

let stage: Stage
let account: Account
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => stage.close())
beforeEach(async () => {
  account = await stage.pds.createAccount()
  stage.exchanges.length = 0
})

/** The account's session with an access token that has expired. */
function expired(): Account {
  return { ...account, accessJwt: stage.pds.expire(account.accessJwt) }
}

/** What `onSession` was told, in order. */
function keepSessions(): { told: (Session | undefined)[]; onSession: (session?: Session) => void } {
  const told: (Session | undefined)[] = []
  return { told, onSession: (session) => void told.push(session) }
}

describe('logging in', () => {
  test.each(['handle', 'did', 'email'] as const)('takes the %s', async (kind) => {
    const { [kind]: identifier, password, did, handle } = account
    const session = await createSession({ service: stage.pds.url, identifier, password })
    expect(session).toMatchObject({ service: stage.pds.url, did, handle, active: true })
  })

  test('gives the session to onSession and goes on in it', async () => {
    const { told, onSession } = keepSessions()
    const { handle: identifier, password } = account
    const service = stage.pds.url
    const atproto = await ATProto.login({ service, identifier, password, onSession })
    expect(told).toEqual([atproto.session])
    expect((await atproto.server.getSession()).data.did).toBe(account.did)
  })

  test('goes on at the PDS of the DID document, wherever it began', async () => {
    const { handle: identifier, password } = account
    const session = await createSession({ service: stage.pds.url, identifier, password })
    const elsewhere = { ...session, service: await findNobody() }
    const { data } = await ATProto.fromSession(elsewhere).server.getSession()
    expect(data.did).toBe(account.did)
  })

  test('a session that was stored as JSON works as before', async () => {
    const { handle: identifier, password } = account
    const session = await createSession({ service: stage.pds.url, identifier, password })
    const stored = JSON.parse(JSON.stringify(session)) as Session
    expect(stored).toEqual(session)
    expect((await ATProto.fromSession(stored).server.getSession()).data.did).toBe(account.did)
  })

  test('a wrong password is an UnauthorizedError with what the PDS said', async () => {
    const login = createSession({
      service: stage.pds.url,
      identifier: account.handle,
      password: 'a guess',
    })
    await expect(login).rejects.toBeInstanceOf(UnauthorizedError)
    await expect(login).rejects.toMatchObject({
      status: 401,
      error: 'AuthenticationRequired',
      message: expect.stringContaining('Invalid identifier or password'),
    })
  })

  test('an app password logs in until it is revoked', async () => {
    const owner = stage.resume(account)
    const { password } = (await owner.server.createAppPassword({ name: 'bot' })).data
    const { told, onSession } = keepSessions()
    const bot = await ATProto.login({
      service: stage.pds.url,
      identifier: account.handle,
      password,
      onSession,
    })
    expect((await bot.server.getSession()).data.did).toBe(account.did)
    await owner.server.revokeAppPassword({ name: 'bot' })
    await expect(bot.server.refreshSession()).rejects.toBeInstanceOf(SessionEndedError)
    expect(told.at(-1)).toBeUndefined()
  })
})

describe('an access token that has expired', () => {
  test('is refreshed and the call made again, without the caller noticing', async () => {
    const { told, onSession } = keepSessions()
    const { data } = await stage.resume(expired(), { onSession }).server.getSession()
    expect(data.did).toBe(account.did)
    expect(stage.exchanges).toEqual([
      { nsid: GET, auth: 'session', status: 400 },
      { nsid: REFRESH, auth: 'refresh token', status: 200 },
      { nsid: GET, auth: 'session', status: 200 },
    ])
    expect(told).toMatchObject([{ did: account.did }])
    expect(told[0]?.refreshJwt).not.toBe(account.refreshJwt)
  })

  test('is refreshed once for a hundred calls at the same time, none of which fails', async () => {
    const atproto = stage.resume(expired())
    const calls = Array.from({ length: 100 }, async () => atproto.server.getSession())
    const answers = await Promise.all(calls)
    expect(new Set(answers.map(({ data }) => data.did))).toEqual(new Set([account.did]))
    expect(stage.count(REFRESH, 200)).toBe(1)
    expect(stage.count(GET, 200)).toBe(100)
    expect(stage.exchanges.length).toBeLessThanOrEqual(201)
  })

  test('is refreshed before an upload that can be sent only once', async () => {
    const { blob } = (
      await stage
        .resume(expired())
        .repo.uploadBlob(new Blob(['once only']).stream(), { encoding: 'text/plain' })
    ).data
    expect(blob).toMatchObject({ size: 9, mimeType: 'text/plain' })
  })

  test('is refreshed in the middle of a write, which happens once', async () => {
    const atproto = stage.resume(expired())
    const note = { collection: 'com.example.note', record: { text: 'once' } } as const
    await atproto.repo.createRecord(note)
    const { data } = await atproto.repo.listRecords({ collection: note.collection })
    expect(data.records).toHaveLength(1)
  })

  test('is told apart from a token that is no good, which is not refreshed', async () => {
    const broken = stage.resume({ ...account, accessJwt: 'not a token' })
    await expect(broken.server.getSession()).rejects.toMatchObject({ error: 'InvalidToken' })
    expect(stage.count(REFRESH, 200)).toBe(0)
  })
})

describe('the end of a session', () => {
  test('logging out makes the PDS refuse to refresh it, and onSession is told', async () => {
    await stage.resume(account).server.deleteSession()
    const { told, onSession } = keepSessions()
    const stale = stage.resume(expired(), { onSession })
    await expect(stale.server.getSession()).rejects.toBeInstanceOf(SessionEndedError)
    expect(told).toEqual([undefined])
    expect(stale.session).toBeUndefined()
  })

  test('logging out is told to onSession, and no call is made after it', async () => {
    const { told, onSession } = keepSessions()
    const atproto = stage.resume(account, { onSession })
    await atproto.server.deleteSession()
    expect(told).toEqual([undefined])
    const sent = stage.exchanges.length
    await expect(atproto.server.getSession()).rejects.toBeInstanceOf(UnauthorizedError)
    expect(stage.exchanges).toHaveLength(sent)
  })

  test('a refresh token that has expired ends it', async () => {
    const { told, onSession } = keepSessions()
    const refreshJwt = stage.pds.expire(account.refreshJwt)
    const call = stage.resume({ ...expired(), refreshJwt }, { onSession }).server.getSession()
    await expect(call).rejects.toBeInstanceOf(SessionEndedError)
    await expect(call).rejects.toMatchObject({ error: 'ExpiredToken' })
    expect(told).toEqual([undefined])
  })

  test('it does not end where the service that refreshes it is out of reach', async () => {
    const { told, onSession } = keepSessions()
    const { did, handle, accessJwt, refreshJwt } = expired()
    const session = { service: await findNobody(), did, handle, accessJwt, refreshJwt }
    const atproto = ATProto.fromSession(session, { service: stage.pds.url, onSession })
    await expect(atproto.server.getSession()).rejects.toBeInstanceOf(NetworkError)
    expect(told).toEqual([])
    expect(atproto.session).toEqual(session)
  })
})

describe('accounts that are not in use', () => {
  const repoRef = () => ({ $type: 'com.atproto.admin.defs#repoRef', did: account.did }) as const

  test('a deactivated one logs in, and its session says so', async () => {
    await stage.resume(account).server.deactivateAccount({})
    const { handle: identifier, password } = account
    const session = await createSession({ service: stage.pds.url, identifier, password })
    expect(session).toMatchObject({ active: false, status: 'deactivated' })
    const atproto = ATProto.fromSession(session)
    const note = { collection: 'com.example.note', record: {} } as const
    await expect(atproto.repo.createRecord(note)).rejects.toMatchObject({
      error: 'AccountDeactivated',
    })
    await atproto.server.activateAccount()
    await expect(atproto.repo.createRecord(note)).resolves.toMatchObject({ status: 200 })
  })

  test('one that was taken down is refused, unless it asks to log in all the same', async () => {
    const { visitor, asAdmin, pds } = stage
    await visitor.admin.updateSubjectStatus(
      { subject: repoRef(), takedown: { applied: true } },
      asAdmin,
    )
    const login = { service: pds.url, identifier: account.did, password: account.password }
    await expect(createSession(login)).rejects.toMatchObject({ error: 'AccountTakedown' })
    const session = await createSession({ ...login, allowTakendown: true })
    expect(session).toMatchObject({ active: false, status: 'takendown' })
    const note = { collection: 'com.example.note', record: {} } as const
    await expect(ATProto.fromSession(session).repo.createRecord(note)).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
    })
  })

  test('a session of one that was taken down since ends at its next refresh', async () => {
    const { visitor, asAdmin } = stage
    await visitor.admin.updateSubjectStatus(
      { subject: repoRef(), takedown: { applied: true } },
      asAdmin,
    )
    const { told, onSession } = keepSessions()
    const call = stage.resume(expired(), { onSession }).server.getSession()
    await expect(call).rejects.toBeInstanceOf(SessionEndedError)
    await expect(call).rejects.toMatchObject({ error: 'AccountTakedown' })
    expect(told).toEqual([undefined])
  })
})
