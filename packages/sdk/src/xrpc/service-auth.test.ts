import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { generateKeypair } from '../crypto/index.ts'
import type { Keypair } from '../crypto/index.ts'
import {
  authenticate,
  createServiceAuth,
  MemoryReplayStore,
  ServiceAuthError,
  verifyServiceAuth,
} from './index.ts'
import type {
  CreateServiceAuthOptions,
  ServiceAuthErrorCode,
  VerifyServiceAuthOptions,
} from './index.ts'

const iss = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const aud = 'did:web:feed.example.com#bsky_fg'
const lxm = 'app.bsky.feed.getFeedSkeleton'

let keypair: Keypair
let options: VerifyServiceAuthOptions
let asked: [did: string, fragment: string, refresh: boolean][]
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  keypair = await generateKeypair('k256')
  asked = []
  options = {
    audience: aud,
    lxm,
    replays: new MemoryReplayStore(),
    keys: {
      async resolveKey(...question) {
        asked.push(question)
        return keypair.did
      },
    },
  }
})
afterEach(() => {
  vi.useRealTimers()
})

const create = (own: Partial<CreateServiceAuthOptions> = {}) =>
  createServiceAuth({ iss, aud, lxm, keypair, ...own })
const passSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const decode = (part: string | undefined): unknown =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that its issuer signed, whatever is in it. */
async function sign(header: object, claims: object): Promise<string> {
  const signed = `${encode(header)}.${encode(claims)}`
  const signature = await keypair.sign(Buffer.from(signed))
  return `${signed}.${Buffer.from(signature).toString('base64url')}`
}

test('a token is a JWT of sixty seconds with a name of its own', async () => {
  const [header, claims, signature] = (await create()).split('.')
  const iat = Math.floor(Date.now() / 1000)
  expect(decode(header)).toEqual({ typ: 'JWT', alg: 'ES256K' })
  expect(decode(claims)).toEqual({ iss, aud, lxm, iat, exp: iat + 60, jti: expect.any(String) })
  expect(Buffer.from(signature!, 'base64url')).toHaveLength(64)
  const [one, two] = await Promise.all([create(), create()])
  expect(one.split('.')[1]).not.toBe(two.split('.')[1])
})

test.each(['p256', 'k256'] as const)('a token by a key on %s is taken, once', async (curve) => {
  keypair = await generateKeypair(curve)
  const token = await create()
  expect(await verifyServiceAuth(token, options)).toMatchObject({ iss, aud, lxm })
  await expect(verifyServiceAuth(token, options)).rejects.toMatchObject({ code: 'replayed' })
  expect(asked[0]).toEqual([iss, 'atproto', false])
})

test('an audience may be one of several', async () => {
  options.audience = ['did:web:feed.example.com', aud]
  expect((await verifyServiceAuth(await create(), options)).aud).toBe(aud)
  const bare = await create({ aud: 'did:web:feed.example.com' })
  expect((await verifyServiceAuth(bare, options)).aud).toBe('did:web:feed.example.com')
})

test('another key may sign where it is named, by its id', async () => {
  const token = await create({ kid: '#atproto_label' })
  await expect(verifyServiceAuth(token, options)).rejects.toMatchObject({ code: 'wrong-key-id' })
  options.keyIds = ['#atproto', '#atproto_label']
  await verifyServiceAuth(token, options)
  expect(asked).toEqual([[iss, 'atproto_label', false]])
})

test('a key that was rotated is asked for anew', async () => {
  const old = await generateKeypair('p256')
  const { keys } = options
  options.keys = {
    resolveKey: async (...question) => {
      const current = await keys.resolveKey(...question)
      return question[2] ? current : old.did
    },
  }
  expect((await verifyServiceAuth(await create(), options)).iss).toBe(iss)
  expect(asked.map(([, , refresh]) => refresh)).toEqual([false, true])
})

test('clocks may differ by some seconds', async () => {
  passSeconds(4)
  const early = await create()
  passSeconds(-4)
  expect((await verifyServiceAuth(early, options)).iss).toBe(iss)
  const late = await create()
  passSeconds(64)
  expect((await verifyServiceAuth(late, options)).iss).toBe(iss)
})

test('what the key resolver throws is thrown, and the token is not used up', async () => {
  const token = await create()
  const failing = {
    ...options,
    keys: { resolveKey: () => Promise.reject(new Error('out of reach')) },
  }
  await expect(verifyServiceAuth(token, failing)).rejects.toThrow('out of reach')
  await verifyServiceAuth(token, options)
})

describe('refused are', () => {
  const now = () => Math.floor(Date.now() / 1000)
  const header = { typ: 'JWT', alg: 'ES256K' }
  const claims = () => ({ iss, aud, lxm, iat: now(), exp: now() + 60, jti: 'once' })
  type Make = () => string | Promise<string>

  test.each<[title: string, code: ServiceAuthErrorCode, make: Make]>([
    ['nothing', 'malformed-token', () => ''],
    ['two parts', 'malformed-token', () => 'a.b'],
    ['four parts', 'malformed-token', () => 'a.b.c.d'],
    ['base64 with padding', 'malformed-token', async () => `${await create()}==`],
    ['base64 of the other alphabet', 'malformed-token', () => 'a+b.c/d.e'],
    ['no JSON', 'malformed-token', () => `${Buffer.from('{').toString('base64url')}.e30.AAAA`],
    ['JSON that is no object', 'malformed-token', () => `${encode(null)}.e30.AAAA`],
    ['an endless token', 'malformed-token', () => `${'a'.repeat(10_000)}.a.a`],
    ['no algorithm', 'unsupported-token', () => sign({ typ: 'JWT' }, claims())],
    ['the algorithm none', 'unsupported-token', () => sign({ ...header, alg: 'none' }, claims())],
    [
      'an algorithm of shared keys',
      'unsupported-token',
      () => sign({ ...header, alg: 'HS256' }, claims()),
    ],
    ['an access token', 'unsupported-token', () => sign({ ...header, typ: 'at+jwt' }, claims())],
    ['an extension', 'unsupported-token', () => sign({ ...header, crit: ['b64'] }, claims())],
    [
      'the algorithm of the other curve',
      'bad-signature',
      () => sign({ ...header, alg: 'ES256' }, claims()),
    ],
    [
      'a key id without its #',
      'malformed-token',
      () => sign({ ...header, kid: 'atproto' }, claims()),
    ],
    [
      'an issuer with a fragment',
      'malformed-token',
      () => sign(header, { ...claims(), iss: `${iss}#x` }),
    ],
    ['no audience', 'malformed-token', () => sign(header, { ...claims(), aud: undefined })],
    ['a list of audiences', 'malformed-token', () => sign(header, { ...claims(), aud: [aud] })],
    ['no time of making', 'malformed-token', () => sign(header, { ...claims(), iat: undefined })],
    ['no end', 'malformed-token', () => sign(header, { ...claims(), exp: undefined })],
    [
      'an end that is a text',
      'malformed-token',
      () => sign(header, { ...claims(), exp: `${now() + 60}` }),
    ],
    ['no name', 'malformed-token', () => sign(header, { ...claims(), jti: undefined })],
    ['an empty name', 'malformed-token', () => sign(header, { ...claims(), jti: '' })],
    ['a method that is none', 'malformed-token', () => sign(header, { ...claims(), lxm: '*' })],
    ['no method', 'wrong-method', () => create({ lxm: undefined })],
    ['another method', 'wrong-method', () => create({ lxm: 'app.bsky.feed.getFeed' })],
    [
      'another service',
      'wrong-audience',
      () => create({ aud: 'did:web:other.example.com#bsky_fg' }),
    ],
    [
      'another entry of the service',
      'wrong-audience',
      () => create({ aud: 'did:web:feed.example.com#other' }),
    ],
    [
      'the service without an entry',
      'wrong-audience',
      () => create({ aud: 'did:web:feed.example.com' }),
    ],
    [
      'what has expired',
      'expired',
      () => sign(header, { ...claims(), iat: now() - 66, exp: now() - 5 }),
    ],
    ['what is not valid yet', 'not-yet-valid', () => sign(header, { ...claims(), iat: now() + 6 })],
    ['what is good for too long', 'lifetime-too-long', () => create({ lifetime: 3601 })],
    [
      "somebody else's signature",
      'bad-signature',
      async () => create({ keypair: await generateKeypair('k256') }),
    ],
    ['no signature', 'malformed-token', async () => `${(await create()).split('.', 2).join('.')}.`],
    [
      'a signature that is cut',
      'bad-signature',
      async () => {
        const [first, second, last = ''] = (await create()).split('.')
        const bytes = Buffer.from(last, 'base64url').subarray(0, 63)
        return `${first}.${second}.${bytes.toString('base64url')}`
      },
    ],
    [
      'other claims under the signature',
      'bad-signature',
      async () => {
        const [first, , last] = (await create()).split('.')
        return `${first}.${encode({ ...claims(), iss: 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb' })}.${last}`
      },
    ],
  ])('%s', async (_, code, make) => {
    const error: unknown = await verifyServiceAuth(await make(), options).catch(
      (failure: unknown) => failure,
    )
    expect(error).toBeInstanceOf(ServiceAuthError)
    expect((error as ServiceAuthError).code).toBe(code)
    const isSeenWithoutKey = code !== 'bad-signature'
    expect(asked.length === 0).toBe(isSeenWithoutKey)
  })

  test('a signature with the higher s', async () => {
    const token = await create()
    const [signed, signature] = [token.slice(0, token.lastIndexOf('.')), token.split('.')[2]!]
    const bytes = Buffer.from(signature, 'base64url')
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
    bytes.write(s.toString(16).padStart(64, '0'), 32, 'hex')
    const high = `${signed}.${bytes.toString('base64url')}`
    await expect(verifyServiceAuth(high, options)).rejects.toMatchObject({ code: 'bad-signature' })
    await verifyServiceAuth(token, options)
  })
})

describe('a replay store', () => {
  test('remembers a token until its time', () => {
    const store = new MemoryReplayStore()
    const until = Date.now() / 1000 + 60
    expect(store.add('a', until)).toBe(true)
    expect(store.add('a', until)).toBe(false)
    expect(store.add('b', until)).toBe(true)
    passSeconds(60)
    expect(store.add('a', until + 60)).toBe(true)
  })

  test('refuses tokens while it is full of good ones, and makes room as they end', () => {
    const store = new MemoryReplayStore({ maxTokens: 2 })
    const now = Date.now() / 1000
    store.add('a', now + 10)
    store.add('b', now + 20)
    expect(() => store.add('c', now + 30)).toThrow('Too many tokens')
    expect(store.add('a', now + 10)).toBe(false)
    passSeconds(10)
    expect(store.add('c', now + 30)).toBe(true)
    expect(store.add('b', now + 20)).toBe(false)
    expect(() => store.add('d', now + 30)).toThrow('Too many tokens')
  })
})

describe('a request', () => {
  const request = (path: string, authorization?: string) =>
    new Request(`https://feed.example.com${path}`, {
      ...(authorization && { headers: { authorization } }),
    })

  test('is of the issuer of its token', async () => {
    const path = `/xrpc/${lxm}?feed=at://x`
    const { iss: caller } = await authenticate(request(path, `Bearer ${await create()}`), options)
    expect(caller).toBe(iss)
  })

  test('is refused where its token is for another method than its path', async () => {
    const other = request('/xrpc/app.bsky.feed.getFeed', `Bearer ${await create()}`)
    await expect(authenticate(other, options)).rejects.toMatchObject({ code: 'wrong-method' })
    const none = request('/feed', `Bearer ${await create()}`)
    await expect(authenticate(none, options)).rejects.toMatchObject({ code: 'wrong-method' })
  })

  test.each([undefined, 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b'])(
    'is refused without a token: %s',
    async (authorization) => {
      const call = authenticate(request(`/xrpc/${lxm}`, authorization), options)
      await expect(call).rejects.toMatchObject({ code: 'missing-token' })
    },
  )

  test.each<[ServiceAuthErrorCode, number, string]>([
    ['missing-token', 401, 'AuthMissing'],
    ['expired', 401, 'ExpiredToken'],
    ['bad-signature', 401, 'InvalidToken'],
    ['too-many-tokens', 429, 'RateLimitExceeded'],
  ])('that is refused with %s is answered with %i and %s', async (code, status, error) => {
    const response = new ServiceAuthError('No.', { code }).toResponse()
    expect(response.status).toBe(status)
    expect(response.headers.has('www-authenticate')).toBe(status === 401)
    expect(await response.json()).toEqual({ error, message: 'No.' })
  })
})
