import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { IdentityWorld, plcDocument, SIGNING_KEY } from '../../test/identity-world.ts'
import type { CacheEntry, IdentityCache } from './index.ts'

const ALICE = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const BOB = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'
const HANDLE = 'alice.example.com'
const WELL_KNOWN = `${HANDLE}/.well-known/atproto-did`
const TXT = `_atproto.${HANDLE}`

let world: IdentityWorld
beforeEach(async () => {
  world = await IdentityWorld.open({
    txt: { [TXT]: [`did=${ALICE}`] },
    web: { [ALICE]: plcDocument(ALICE, { handle: HANDLE }) },
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await world[Symbol.asyncDispose]()
})

/** Moves the clock, which nothing else does. */
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

test('a handle and its DID lead to the same identity', async () => {
  const resolver = world.resolver()
  const identity = {
    did: ALICE,
    handle: HANDLE,
    pds: 'https://pds.example.com',
    signingKey: `did:key:${SIGNING_KEY}`,
    didDocument: plcDocument(ALICE, { handle: HANDLE }),
  }
  expect(await resolver.resolve(HANDLE)).toEqual(identity)
  expect(await resolver.resolve(ALICE)).toEqual(identity)
})

test('a handle in capitals is the handle in lower case', async () => {
  world.web[ALICE] = plcDocument(ALICE, { handle: 'Alice.Example.COM' })
  const { handle } = await world.resolver().resolve('ALICE.example.Com')
  expect(handle).toBe(HANDLE)
})

test('a did:web is read from its host', async () => {
  const did = 'did:web:alice.example.com'
  world.txt[TXT] = [`did=${did}`]
  world.web['alice.example.com/.well-known/did.json'] = plcDocument(did, { handle: HANDLE })
  expect(await world.resolver().resolve(did)).toMatchObject({ did, handle: HANDLE })
})

test('a did:web of this machine is read by HTTP where that is allowed', async () => {
  await using world = await IdentityWorld.open()
  const did = 'did:web:localhost%3A2583'
  world.web['localhost:2583/.well-known/did.json'] = plcDocument(did, {
    pds: 'http://localhost:2583',
  })
  const identity = await world.resolver({ allowLoopback: true }).resolve(did)
  expect(identity).toMatchObject({ did, pds: 'http://localhost:2583' })
})

test('the host is believed where DNS has no record', async () => {
  world.txt = {}
  world.web[WELL_KNOWN] = ` ${ALICE}\n`
  expect(await world.resolver().resolveHandle(HANDLE)).toBe(ALICE)
})

test('the host is believed where DNS fails', async () => {
  world.txt[TXT] = new Error('SERVFAIL')
  world.web[WELL_KNOWN] = ALICE
  expect(await world.resolver().resolveHandle(HANDLE)).toBe(ALICE)
})

test('DNS is believed over the host, however late it answers', async () => {
  world.web[WELL_KNOWN] = BOB
  const dns = async (name: string) => {
    await vi.waitUntil(() => world.questions.includes(WELL_KNOWN))
    return world.dns(name)
  }
  expect(await world.resolver({ dns }).resolveHandle(HANDLE)).toBe(ALICE)
})

test('a record in pieces is one', async () => {
  world.txt[TXT] = [['did=did:plc:', 'a'.repeat(24)], 'v=spf1 -all']
  expect(await world.resolver().resolveHandle(HANDLE)).toBe(ALICE)
})

test('a handle too long for DNS is asked of its host', async () => {
  const long = `${`${'a'.repeat(60)}.`.repeat(4)}com`
  world.web[`${long}/.well-known/atproto-did`] = ALICE
  expect(await world.resolver().resolveHandle(long)).toBe(ALICE)
  expect(world.questions).toEqual([`${long}/.well-known/atproto-did`])
})

test.each([
  [
    'that the document does not claim',
    { [ALICE]: plcDocument(ALICE, { handle: 'bob.example.com' }) },
  ],
  ['where the document claims none', { [ALICE]: plcDocument(ALICE) }],
])('a handle %s is handle.invalid', async (_, web) => {
  world.web = web
  expect(await world.resolver().resolve(HANDLE)).toMatchObject({
    did: ALICE,
    handle: 'handle.invalid',
  })
})

test.each<[string, NonNullable<IdentityWorld['txt']>]>([
  ['to nothing', {}],
  ['to another DID', { [TXT]: [`did=${BOB}`] }],
  ['to several', { [TXT]: [`did=${ALICE}`, `did=${BOB}`] }],
  ['into a failure of DNS', { [TXT]: new Error('SERVFAIL') }],
])('a claimed handle that leads %s is handle.invalid', async (_, txt) => {
  world.txt = txt
  expect(await world.resolver().resolve(ALICE)).toMatchObject({ handle: 'handle.invalid' })
})

test('a claimed handle under a reserved domain is handle.invalid, and nobody is asked for it', async () => {
  world.web[ALICE] = plcDocument(ALICE, { handle: 'alice.internal' })
  expect(await world.resolver().resolve(ALICE)).toMatchObject({ handle: 'handle.invalid' })
  expect(world.questions).toEqual([ALICE])
})

test.each([
  ['https://pds.example.com/', 'https://pds.example.com'],
  ['https://pds.example.com:8443', 'https://pds.example.com:8443'],
  ['http://pds.example.com', undefined],
  ['https://user@pds.example.com', undefined],
  ['https://pds.example.com/path', undefined],
  ['https://10.0.0.1', undefined],
  ['https://[::1]', undefined],
  ['https://2130706433', undefined],
  ['https://localhost', undefined],
  ['https://pds.internal', undefined],
  ['https://intranet', undefined],
  ['https://', undefined],
])('a PDS at %s is at %s', async (pds, origin) => {
  world.web[ALICE] = plcDocument(ALICE, { handle: HANDLE, pds })
  expect((await world.resolver().resolve(ALICE)).pds).toBe(origin)
})

test('a thousand callers at once cost one request of each source', async () => {
  const resolver = world.resolver()
  const callers = Array.from({ length: 1000 }, (_, i) => resolver.resolve(i % 2 ? HANDLE : ALICE))
  const identities = await Promise.all(callers)
  expect(new Set(identities.map(({ handle }) => handle))).toEqual(new Set([HANDLE]))
  expect(world.questions.filter((question) => question !== WELL_KNOWN).toSorted()).toEqual([
    TXT,
    ALICE,
  ])
  expect(world.questions.length).toBeLessThanOrEqual(3)
})

test('what was found is not asked for again while it is fresh', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const resolver = world.resolver()
  await resolver.resolve(HANDLE)
  const { length } = world.questions
  pass(599_999)
  await resolver.resolve(ALICE)
  expect(world.questions).toHaveLength(length)
})

test('what is stale is given at once, and renewed for the next caller', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const resolver = world.resolver()
  await resolver.resolveDid(ALICE)
  world.web[ALICE] = plcDocument(ALICE, { handle: 'new.example.com' })
  pass(600_000)
  expect((await resolver.resolveDid(ALICE)).alsoKnownAs).toEqual([`at://${HANDLE}`])
  await vi.waitFor(async () => {
    expect((await resolver.resolveDid(ALICE)).alsoKnownAs).toEqual(['at://new.example.com'])
  })
  expect(world.questions).toEqual([ALICE, ALICE])
})

test('what is older than stale is not given', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const resolver = world.resolver()
  await resolver.resolveDid(ALICE)
  pass(86_400_000)
  world.web = {}
  await expect(resolver.resolveDid(ALICE)).rejects.toMatchObject({ code: 'did-not-found' })
})

test('a refusal counts for a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const resolver = world.resolver()
  await expect(resolver.resolveDid(BOB)).rejects.toMatchObject({ code: 'did-not-found' })
  world.web[BOB] = plcDocument(BOB)
  pass(59_999)
  await expect(resolver.resolveDid(BOB)).rejects.toMatchObject({ code: 'did-not-found' })
  pass(1)
  expect((await resolver.resolveDid(BOB)).id).toBe(BOB)
  expect(world.questions).toEqual([BOB, BOB])
})

test('a failure to ask counts for seconds, and does not undo what was known', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const resolver = world.resolver()
  const fail = (response: import('node:http').ServerResponse) => response.writeHead(503).end()
  world.web[BOB] = fail
  await expect(resolver.resolveDid(BOB)).rejects.toMatchObject({
    code: 'server-error',
    retryable: true,
  })
  world.web[BOB] = plcDocument(BOB)
  pass(5_000)
  expect((await resolver.resolveDid(BOB)).id).toBe(BOB)

  world.web[BOB] = fail
  pass(600_000)
  await resolver.resolveDid(BOB)
  await vi.waitUntil(() => world.questions.length === 3)
  await expect(resolver.refresh(BOB)).rejects.toMatchObject({ code: 'server-error' })
  const { length } = world.questions
  expect((await resolver.resolveDid(BOB)).id).toBe(BOB)
  // The source is left alone for a while.
  expect(world.questions).toHaveLength(length)
})

test('refresh asks anew, once for all who call it', async () => {
  const resolver = world.resolver()
  await resolver.resolve(HANDLE)
  const key = 'zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo'
  world.web[ALICE] = plcDocument(ALICE, { handle: HANDLE, key })
  world.questions.length = 0
  const identities = await Promise.all([resolver.refresh(ALICE), resolver.refresh(ALICE)])
  expect(identities.map(({ signingKey }) => signingKey)).toEqual(Array(2).fill(`did:key:${key}`))
  expect(world.questions.filter((question) => question === ALICE)).toHaveLength(1)
  expect(world.questions.filter((question) => question === TXT)).toHaveLength(1)
  expect((await resolver.resolve(ALICE)).signingKey).toBe(`did:key:${key}`)
})

test('an account that is invalidated is asked for anew, its handle too', async () => {
  const resolver = world.resolver()
  await resolver.resolve(ALICE)
  world.web[ALICE] = plcDocument(ALICE, { handle: 'new.example.com' })
  world.txt = { '_atproto.new.example.com': [`did=${ALICE}`] }
  expect((await resolver.resolve(ALICE)).handle).toBe(HANDLE)
  await resolver.invalidate(ALICE)
  expect((await resolver.resolve(ALICE)).handle).toBe('new.example.com')
  await expect(resolver.resolveHandle(HANDLE)).rejects.toMatchObject({ code: 'handle-not-found' })
})

test('a new document is news of its handle: an earlier refusal of that no longer counts', async () => {
  const resolver = world.resolver()
  await resolver.resolve(ALICE)
  await expect(resolver.resolveHandle('new.example.com')).rejects.toMatchObject({
    code: 'handle-not-found',
  })
  world.web[ALICE] = plcDocument(ALICE, { handle: 'new.example.com' })
  world.txt['_atproto.new.example.com'] = [`did=${ALICE}`]
  await resolver.invalidate(ALICE)
  expect((await resolver.resolve(ALICE)).handle).toBe('new.example.com')
})

test('an answer that was on its way when the account was invalidated is not kept', async () => {
  const resolver = world.resolver()
  let release = () => {}
  world.web[ALICE] = (response) => {
    release = () => response.end(JSON.stringify(plcDocument(ALICE, { handle: 'old.example.com' })))
  }
  const old = resolver.resolveDid(ALICE)
  await vi.waitUntil(() => world.questions.includes(ALICE))
  await resolver.invalidate(ALICE)
  world.web[ALICE] = plcDocument(ALICE, { handle: HANDLE })
  expect((await resolver.resolveDid(ALICE)).alsoKnownAs).toEqual([`at://${HANDLE}`])
  release()
  expect((await old).alsoKnownAs).toEqual(['at://old.example.com'])
  expect((await resolver.resolveDid(ALICE)).alsoKnownAs).toEqual([`at://${HANDLE}`])
})

test('a cache of the caller holds plain JSON, and serves another resolver', async () => {
  const stored = new Map<string, string>()
  const cache: IdentityCache = {
    get: async (key) => JSON.parse(stored.get(key) ?? 'null') as CacheEntry,
    set: async (key, entry) => stored.set(key, JSON.stringify(entry)),
    delete: async (key) => stored.delete(key),
  }
  const identity = await world.resolver({ cache }).resolve(HANDLE)
  const { length } = world.questions
  expect(await world.resolver({ cache }).resolve(ALICE)).toEqual(identity)
  expect(world.questions).toHaveLength(length)
})

test('a key is given by its id, and asked for anew on demand', async () => {
  const resolver = world.resolver()
  expect(await resolver.resolveKey(ALICE)).toBe(`did:key:${SIGNING_KEY}`)
  await expect(resolver.resolveKey(ALICE, 'atproto_label')).rejects.toMatchObject({
    code: 'no-key',
  })
  const key = 'zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo'
  world.web[ALICE] = plcDocument(ALICE, { key })
  expect(await resolver.resolveKey(ALICE)).toBe(`did:key:${SIGNING_KEY}`)
  expect(await resolver.resolveKey(ALICE, 'atproto', true)).toBe(`did:key:${key}`)
})
