// Where calls go when no service is named: to the account's own PDS.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { IdentityWorld, plcDocument } from '../test/identity-world.ts'
import { json, Loopback } from '../test/loopback.ts'
import { PdsFinder } from './identity/index.ts'
import { createPublicFetch } from './identity/public-fetch.node.ts'
import { ATProto } from './index.ts'

const ALICE = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const BOB = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'
const NOBODY = 'did:plc:cccccccccccccccccccccccc'

/** A PDS that knows one account. */
const openPds = (did: string, handle: string) =>
  Loopback.start(({ path }, response) => {
    if (path.endsWith('createSession')) {
      return json(response, 200, { did, handle, accessJwt: 'access', refreshJwt: 'refresh' })
    }
    json(response, 200, { records: [{ uri: `at://${did}/a.b.c/1`, cid: 'c', value: {} }] })
  })

let world: IdentityWorld
let alicePds: Loopback
let bobPds: Loopback
let identity: PdsFinder
beforeEach(async () => {
  alicePds = await openPds(ALICE, 'alice.test')
  bobPds = await openPds(BOB, 'bob.test')
  world = await IdentityWorld.open({
    txt: { '_atproto.alice.test': [`did=${ALICE}`], '_atproto.bob.test': [`did=${BOB}`] },
    web: {
      [ALICE]: plcDocument(ALICE, { handle: 'alice.test', pds: alicePds.url }),
      [BOB]: plcDocument(BOB, { handle: 'bob.test', pds: bobPds.url }),
      [NOBODY]: plcDocument(NOBODY, { service: [] }),
    },
  })
  identity = new PdsFinder(world.resolver({ allowLoopback: true }))
})
afterEach(async () => {
  for (const opened of [world, alicePds, bobPds]) await opened[Symbol.asyncDispose]()
})

describe('a login', () => {
  test.each(['bob.test', BOB])('of %s is at its own PDS', async (identifier) => {
    const atproto = await ATProto.login({ identifier, password: 'password', identity })
    expect(atproto.session?.service).toBe(bobPds.url)
    expect(alicePds.requests).toEqual([])
  })

  test('is at the service that is named, and nobody is asked', async () => {
    const { url: service } = alicePds
    const atproto = await ATProto.login({
      identifier: BOB,
      password: 'password',
      identity,
      service,
    })
    expect(atproto.session?.service).toBe(alicePds.url)
    expect(world.questions).toEqual([])
  })

  test('sends no password where the account has no PDS', async () => {
    const login = ATProto.login({ identifier: NOBODY, password: 'password', identity })
    await expect(login).rejects.toMatchObject({ code: 'no-pds' })
  })

  test('sends no password where the account is not found', async () => {
    const login = ATProto.login({ identifier: 'carol.test', password: 'password', identity })
    await expect(login).rejects.toMatchObject({ code: 'handle-not-found' })
  })

  test('with an e-mail address is at bsky.social', async () => {
    const urls: string[] = []
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(new Request(input).url)
      return Response.json({ did: BOB, handle: 'bob.test', accessJwt: 'a', refreshJwt: 'r' })
    }
    await ATProto.login({ identifier: 'bob@mail.test', password: 'password', identity, fetch })
    expect(urls).toEqual(['https://bsky.social/xrpc/com.atproto.server.createSession'])
    expect(world.questions).toEqual([])
  })
})

describe('a call without a session', () => {
  test.each([
    ['no service is named', undefined],
    ['the service is auto', 'auto'],
  ])('goes to the PDS of the repo that it is about where %s', async (_, service) => {
    const atproto = ATProto.anonymous({ identity, service })
    const posts = atproto.collection('app.bsky.feed.post')
    for (const [repo, did] of [
      ['alice.test', ALICE],
      ['bob.test', BOB],
    ] as const) {
      const found = []
      for await (const { uri } of posts.list({ repo })) found.push(uri)
      expect(found).toEqual([`at://${did}/a.b.c/1`])
    }
    expect([alicePds, bobPds].map(({ requests }) => requests.length)).toEqual([1, 1])
  })

  test('cannot go to the PDS of anybody where nobody finds it', () => {
    expect(() => ATProto.anonymous({ service: 'auto' })).toThrow("service 'auto' needs an identity")
  })

  test('goes to the PDS of the DID that it is about', async () => {
    await ATProto.anonymous({ identity }).sync.getRepoStatus({ did: BOB })
    expect(bobPds.requests).toHaveLength(1)
  })

  test('follows no redirect of a PDS', async () => {
    await using target = await openPds(BOB, 'bob.test')
    await using redirecting = await Loopback.start((_, response) => {
      response.writeHead(302, { location: target.url }).end()
    })
    world.web[BOB] = plcDocument(BOB, { handle: 'bob.test', pds: redirecting.url })
    const call = ATProto.anonymous({ identity }).sync.getRepoStatus({ did: BOB })
    await expect(call).rejects.toMatchObject({ name: 'XrpcNotSupportedError', status: 302 })
    expect(target.requests).toEqual([])
  })

  test('goes to no host whose address is not public', async () => {
    const pds = 'https://pds.example.com'
    const resolver = {
      resolve: async () =>
        ({
          did: BOB,
          handle: 'bob.test',
          pds,
          signingKey: undefined,
          didDocument: { id: BOB },
        }) as const,
      publicFetch: createPublicFetch(false, (_host, _options, callback) =>
        callback(null, [{ address: '10.0.0.1', family: 4 }]),
      ),
    }
    const atproto = ATProto.anonymous({ identity: new PdsFinder(resolver) })
    const call = atproto.sync.getRepoStatus({ did: BOB })
    await expect(call).rejects.toMatchObject({ name: 'IdentityError', code: 'not-public' })
  })

  test('goes to the service that is named', async () => {
    const atproto = ATProto.anonymous({ identity, service: alicePds.url })
    await atproto.sync.getRepoStatus({ did: BOB })
    expect(alicePds.requests).toHaveLength(1)
    expect(world.questions).toEqual([])
  })

  test('that names no account goes to bsky.social', async () => {
    const urls: string[] = []
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(new Request(input).url)
      return Response.json({})
    }
    await ATProto.anonymous({ identity, fetch }).server.describeServer()
    expect(urls).toEqual(['https://bsky.social/xrpc/com.atproto.server.describeServer'])
  })

  test('throws why the account could not be found', async () => {
    const atproto = ATProto.anonymous({ identity })
    const call = atproto.repo.describeRepo({ repo: 'carol.test' })
    await expect(call).rejects.toMatchObject({ name: 'IdentityError', code: 'handle-not-found' })
  })
})
