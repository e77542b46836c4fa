// What goes wrong at the reference PDS, and how the SDK says it.
import {
  ATProto,
  InvalidRequestError,
  isXrpcError,
  NetworkError,
  RateLimitExceededError,
  UnauthorizedError,
  XrpcError,
} from 'atproto.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findNobody } from './nobody.ts'
import { post } from './scenarios/scenario.ts'
import { Stage } from './stage.ts'

const BLOB_LIMIT = 10_000

let stage: Stage
let atproto: ATProto
beforeAll(async () => {
  stage = await Stage.open({ rateLimitsEnabled: true, blobUploadLimit: BLOB_LIMIT })
  atproto = (await stage.enter()).atproto
})
afterAll(async () => stage.close())

describe('a service that is no PDS', () => {
  test('where nobody listens, it is a NetworkError that names the service', async () => {
    const service = await findNobody()
    const call = ATProto.anonymous({ service }).server.describeServer()
    await expect(call).rejects.toBeInstanceOf(NetworkError)
    await expect(call).rejects.toThrow(new URL(service).host)
  })

  test('where something else answers, it is an error with the status it gave', async () => {
    const directory = ATProto.anonymous({ service: stage.network.plcUrl })
    const call = directory.server.describeServer()
    await expect(call).rejects.toBeInstanceOf(XrpcError)
    await expect(call).rejects.toMatchObject({
      nsid: 'com.atproto.server.describeServer',
      status: expect.toSatisfy((status: number) => status >= 400),
    })
  })
})

describe('a record that the PDS refuses', () => {
  test('one that breaks its lexicon is refused with the path of what is wrong', async () => {
    const record = { ...post('x'.repeat(3001)), langs: ['en'] }
    const call = atproto.repo.createRecord({ collection: 'app.bsky.feed.post', record })
    await expect(call).rejects.toBeInstanceOf(InvalidRequestError)
    await expect(call).rejects.toMatchObject({
      status: 400,
      error: 'InvalidRequest',
      message: expect.stringMatching(/text/),
      carriedOut: 'no',
    })
  })

  test('one of an unknown lexicon is refused where validation is asked for', async () => {
    const call = atproto.repo.createRecord({
      collection: 'com.example.unheard',
      record: {},
      validate: true,
    })
    await expect(call).rejects.toMatchObject({ status: 400, error: 'InvalidRequest' })
  })

  test.each(['a/b', '..', ''])('the record key "%s" is refused by the PDS', async (rkey) => {
    const note = { collection: 'com.example.note', record: {}, rkey } as const
    await expect(atproto.repo.createRecord(note)).rejects.toBeInstanceOf(InvalidRequestError)
  })

  test('a record key that its collection does not use is refused by the PDS', async () => {
    const profile = { collection: 'app.bsky.actor.profile', rkey: 'me', record: {} } as const
    await expect(atproto.repo.createRecord(profile)).rejects.toBeInstanceOf(InvalidRequestError)
  })

  test('one too large is refused', async () => {
    const record = { text: 'x'.repeat(1_200_000) }
    const call = atproto.repo.createRecord({ collection: 'com.example.note', record })
    await expect(call).rejects.toBeInstanceOf(InvalidRequestError)
    await expect(call).rejects.toMatchObject({ status: 413 })
  })
})

test('a blob over the limit is refused', async () => {
  const upload = (size: number) => atproto.repo.uploadBlob(new Uint8Array(size))
  await expect(upload(BLOB_LIMIT)).resolves.toMatchObject({ status: 200 })
  await expect(upload(BLOB_LIMIT + 1)).rejects.toMatchObject({ status: 413 })
})

test('a record that is not there is told by its name', async () => {
  const uri = `at://${atproto.did}/com.example.note/none` as const
  const error: unknown = await atproto.repo.getRecord({ uri }).catch((caught: unknown) => caught)
  expect(isXrpcError(error, 'RecordNotFound')).toBe(true)
})

test('a call that needs a session and has none is an UnauthorizedError', async () => {
  const call = stage.visitor.server.getSession()
  await expect(call).rejects.toBeInstanceOf(UnauthorizedError)
  await expect(call).rejects.toMatchObject({ error: 'AuthMissing' })
})

test('a call into the repository of somebody else is refused', async () => {
  const other = (await stage.enter()).account
  const note = { repo: other.did, collection: 'com.example.note', record: {} } as const
  await expect(atproto.repo.createRecord(note)).rejects.toMatchObject({ status: 401 })
})

describe('rate limits', () => {
  test('an answer tells the state of its limit', async () => {
    const { rateLimit } = await atproto.server.getSession()
    expect(rateLimit).toMatchObject({ limit: expect.any(Number), remaining: expect.any(Number) })
    expect(rateLimit?.policy).toMatch(/^\d+;w=\d+$/)
  })

  test('one that is used up is a RateLimitExceededError that says when to go on', async () => {
    const someone = (await stage.enter()).atproto
    const ask = async () => someone.server.requestEmailConfirmation()
    const error: unknown = await (async () => {
      for (;;) await ask()
    })().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RateLimitExceededError)
    expect(error).toMatchObject({
      status: 429,
      error: 'RateLimitExceeded',
      rateLimit: { remaining: 0, reset: expect.anything() },
    })
  })
})
