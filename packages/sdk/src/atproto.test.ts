import { inspect } from 'node:util'

import { describe, expect, test } from 'vitest'

import { json, Loopback } from '../test/loopback.ts'
import type { Answer } from '../test/loopback.ts'
import { ATProto, InvalidRequestError, NetworkError, splitWrites } from './index.ts'
import type { ATProtoOptions, Session } from './index.ts'
import { Lexicons } from './lexicon/index.ts'
import { isTid } from './syntax/index.ts'

const uri = 'at://did:plc:alice/app.bsky.feed.post/3kabc' as const

function sessionAt(service: string): Session {
  return {
    service,
    did: 'did:plc:alice',
    handle: 'alice.test',
    accessJwt: 'access-1',
    refreshJwt: 'refresh-1',
  }
}

/** A logged-in facade on a server that answers as given, by default with what records are answered with. */
async function start(answer?: Answer, options: ATProtoOptions = {}) {
  const server = await Loopback.start(
    answer ?? ((_, response) => json(response, 200, { uri, cid: 'bafy' })),
  )
  return {
    server,
    atproto: ATProto.fromSession(sessionAt(server.url), options),
    /** The JSON that was sent last. */
    sent: () => JSON.parse(server.requests.at(-1)!.body.toString()) as unknown,
    asked: () => server.requests.at(-1)!.path,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

describe('a call on records', () => {
  test("goes to the session's own repo", async () => {
    await using at = await start()
    const { repo } = at.atproto
    await repo.createRecord({ collection: 'app.bsky.feed.post', rkey: 'k', record: { text: 'hi' } })
    expect(at.sent()).toEqual({
      repo: 'did:plc:alice',
      collection: 'app.bsky.feed.post',
      rkey: 'k',
      record: { text: 'hi' },
    })
    await repo.listRecords({ collection: 'app.bsky.feed.post', limit: 5 })
    expect(at.asked()).toBe(
      '/xrpc/com.atproto.repo.listRecords?collection=app.bsky.feed.post&limit=5&repo=did%3Aplc%3Aalice',
    )
    await repo.describeRepo()
    expect(at.asked()).toBe('/xrpc/com.atproto.repo.describeRepo?repo=did%3Aplc%3Aalice')
    await repo.applyWrites({ writes: [] })
    expect(at.sent()).toEqual({ repo: 'did:plc:alice', writes: [] })
  })

  test('goes to the repo that is named', async () => {
    await using at = await start()
    await at.atproto.repo.getRecord({
      repo: 'bob.test',
      collection: 'app.bsky.feed.post',
      rkey: 'k',
    })
    expect(at.asked()).toContain('repo=bob.test')
  })

  test('takes a URI in place of the parts', async () => {
    await using at = await start()
    await at.atproto.repo.deleteRecord({ uri, swapCommit: 'bafy' })
    expect(at.sent()).toEqual({
      repo: 'did:plc:alice',
      collection: 'app.bsky.feed.post',
      rkey: '3kabc',
      swapCommit: 'bafy',
    })
    await at.atproto.repo.putRecord({ uri, record: { text: 'hi' } })
    expect(at.sent()).toEqual({
      repo: 'did:plc:alice',
      collection: 'app.bsky.feed.post',
      rkey: '3kabc',
      record: { text: 'hi' },
    })
    await at.atproto.repo.getRecord({ uri, cid: 'bafy' })
    expect(at.asked()).toBe(
      '/xrpc/com.atproto.repo.getRecord?cid=bafy&repo=did%3Aplc%3Aalice&collection=app.bsky.feed.post&rkey=3kabc',
    )
  })

  test.each([
    ['a URI of a collection', { uri: 'at://did:plc:alice/app.bsky.feed.post' as const }],
    ['a URI of a repo', { uri: 'at://did:plc:alice' as const }],
    ['neither', {} as { uri: typeof uri }],
  ])('refuses %s for a record', async (_, place) => {
    await using at = await start()
    await expect(at.atproto.repo.deleteRecord(place)).rejects.toThrow(TypeError)
    expect(at.server.requests).toHaveLength(0)
  })

  test('asks for the repo where there is no session', async () => {
    const atproto = ATProto.anonymous({ service: 'pds.example.com' })
    const call = atproto.repo.listRecords({ collection: 'app.bsky.feed.post' })
    await expect(call).rejects.toThrow('Without a session, give the repo')
  })

  test('refuses more writes than a commit takes, which splitWrites parts', async () => {
    await using at = await start()
    const writes = Array.from({ length: 401 }, (_, n) => ({
      $type: 'com.atproto.repo.applyWrites#delete' as const,
      collection: 'app.bsky.feed.post' as const,
      rkey: String(n),
    }))
    await expect(at.atproto.repo.applyWrites({ writes: writes.slice(0, 201) })).rejects.toThrow(
      '201 writes are over 200: use splitWrites',
    )
    expect(at.server.requests).toHaveLength(0)
    const parts = [...splitWrites(writes)]
    expect(parts.map(({ length }) => length)).toEqual([200, 200, 1])
    expect(parts.flat()).toEqual(writes)
    for (const part of parts) await at.atproto.repo.applyWrites({ writes: part })
    expect(at.server.requests).toHaveLength(3)
  })
})

describe('a created record without a key', () => {
  const post = { collection: 'app.bsky.feed.post', record: { text: 'hi' } } as const

  test('gets a TID made here', async () => {
    await using at = await start()
    await at.atproto.repo.createRecord(post)
    expect(isTid((at.sent() as { rkey: string }).rkey)).toBe(true)
  })

  /** A PDS that keeps records, and drops the connection of a create before or after it was done. */
  function flaky(drops: ('before' | 'after')[]) {
    const records = new Map<string, number>()
    const answer: Answer = (request, response) => {
      if (request.path.endsWith('createRecord')) {
        const { rkey } = JSON.parse(request.body.toString()) as { rkey: string }
        const drop = drops.shift()
        if (drop !== 'before') records.set(rkey, (records.get(rkey) ?? 0) + 1)
        if (drop) return void response.destroy()
        return json(response, 200, {
          uri: `at://did:plc:alice/app.bsky.feed.post/${rkey}`,
          cid: 'bafy',
        })
      }
      const rkey = new URL(request.path, 'http://x').searchParams.get('rkey')!
      if (!records.has(rkey))
        return json(response, 400, { error: 'RecordNotFound', message: 'none' })
      return json(response, 200, {
        uri: `at://did:plc:alice/app.bsky.feed.post/${rkey}`,
        cid: 'bafy',
        value: {},
      })
    }
    return { records, answer }
  }
  const retry = { maxAttempts: 3, jitter: { min: 0, max: 0 } }

  test('is looked up where the answer was lost after it was made', async () => {
    const { records, answer } = flaky(['after'])
    await using at = await start(answer)
    const { data } = await at.atproto.repo.createRecord(post)
    expect(data).toEqual({
      uri: expect.stringMatching(/^at:\/\/did:plc:alice\/app\.bsky\.feed\.post\//),
      cid: 'bafy',
    })
    expect([...records.values()]).toEqual([1])
  })

  test('is made again where it was lost before, and never twice', async () => {
    const { records, answer } = flaky(['before', 'after'])
    await using at = await start(answer, { retry })
    const { data } = await at.atproto.repo.createRecord(post)
    expect(data.cid).toBe('bafy')
    expect([...records.values()]).toEqual([1])
  })

  test('leaves an error that says what is known, where there is no retry', async () => {
    const { records, answer } = flaky(['before'])
    await using at = await start(answer)
    const error = await at.atproto.repo.createRecord(post).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ carriedOut: 'unknown', nsid: 'com.atproto.repo.createRecord' })
    expect(records.size).toBe(0)
  })

  test('is not looked up where the server refused it', async () => {
    await using at = await start((_, response) =>
      json(response, 400, { error: 'InvalidRequest', message: 'bad' }),
    )
    await expect(at.atproto.repo.createRecord(post)).rejects.toBeInstanceOf(InvalidRequestError)
    expect(at.server.requests).toHaveLength(1)
  })

  test("with a key of the caller's is not sent again: it may replace another", async () => {
    const { answer } = flaky(['after'])
    await using at = await start(answer, { retry })
    await expect(at.atproto.repo.createRecord({ ...post, rkey: 'mine' })).rejects.toMatchObject({
      carriedOut: 'unknown',
    })
    expect(at.server.requests).toHaveLength(1)
  })
})

describe('a collection', () => {
  test('creates, gets, puts and deletes its records', async () => {
    await using at = await start((request, response) =>
      json(response, 200, {
        uri,
        cid: 'bafy',
        ...(request.method === 'GET' && { value: { text: 'hi' } }),
      }),
    )
    const posts = at.atproto.collection('app.bsky.feed.post')
    const record = { text: 'hi', createdAt: new Date(0).toISOString() }
    await posts.create(record, { rkey: '3kabc' })
    expect(at.sent()).toEqual({
      repo: 'did:plc:alice',
      collection: 'app.bsky.feed.post',
      rkey: '3kabc',
      record: { $type: 'app.bsky.feed.post', ...record },
    })
    expect((await posts.get({ uri })).data.value.text).toBe('hi')
    await posts.put(record, { rkey: '3kabc', swapRecord: 'bafy' })
    expect(at.sent()).toMatchObject({
      rkey: '3kabc',
      swapRecord: 'bafy',
      record: { $type: 'app.bsky.feed.post' },
    })
    await posts.delete({ rkey: '3kabc' })
    expect(at.sent()).toEqual({
      repo: 'did:plc:alice',
      collection: 'app.bsky.feed.post',
      rkey: '3kabc',
    })
  })

  test('lists its records over all pages', async () => {
    await using at = await start((request, response) =>
      request.path.includes('cursor=')
        ? json(response, 200, { records: [{ uri, cid: 'b', value: { text: '2' } }] })
        : json(response, 200, { records: [{ uri, cid: 'a', value: { text: '1' } }], cursor: 'c' }),
    )
    const posts = await Array.fromAsync(
      at.atproto.collection('app.bsky.feed.post').list({ limit: 1 }),
    )
    expect(posts.map(({ value }) => value.text)).toEqual(['1', '2'])
    expect(
      at.server.requests.map(({ path }) => new URL(path, 'http://x').searchParams.get('limit')),
    ).toEqual(['1', '1'])
  })

  test('refuses a URI of another collection', async () => {
    await using at = await start()
    const likes = at.atproto.collection('app.bsky.feed.like')
    await expect(likes.delete({ uri })).rejects.toThrow(
      `${uri} is not in the collection app.bsky.feed.like`,
    )
    await expect(likes.get({ uri })).rejects.toThrow(TypeError)
  })
})

describe('a record of a collection', () => {
  const createdAt = new Date(0).toISOString()
  const wrong = { text: 'x'.repeat(3001), createdAt }

  test('that does not follow its lexicon is not sent, and the field is named', async () => {
    await using at = await start()
    const posts = at.atproto.collection('app.bsky.feed.post')
    for (const call of [
      posts.create(wrong),
      posts.put(wrong, { rkey: '3kabc' }),
      posts.create(wrong, { validate: true }),
    ]) {
      await expect(call).rejects.toMatchObject({
        name: 'ValidationError',
        code: 'too-long',
        path: ['text'],
        message: expect.stringContaining('text'),
      })
    }
    expect(at.server.requests).toEqual([])
  })

  test('is sent as it is where nobody shall check it', async () => {
    await using at = await start()
    await at.atproto.collection('app.bsky.feed.post').create(wrong, { validate: false })
    expect(at.sent()).toMatchObject({ validate: false, record: wrong })
  })

  test('is sent as it is where its lexicon is not known', async () => {
    await using at = await start()
    await at.atproto.collection('com.example.unheard').create({ anything: ['goes'] })
    expect(at.sent()).toMatchObject({ record: { anything: ['goes'] } })
  })

  test('is held to the schema that was given', async () => {
    await using at = await start()
    const lexicons = new Lexicons([
      {
        lexicon: 1,
        id: 'com.example.thing',
        defs: {
          main: {
            type: 'record',
            key: 'tid',
            record: {
              type: 'object',
              required: ['name'],
              properties: { name: { type: 'string' } },
            },
          },
        },
      },
    ])
    const schema = {
      parse: (value: unknown) => lexicons.validateRecord('com.example.thing', value),
    }
    const things = at.atproto.collection('com.example.thing', { schema })
    await things.create({ name: 'A' })
    await expect(things.create({})).rejects.toMatchObject({ code: 'missing', path: ['name'] })
    expect(at.server.requests).toHaveLength(1)
  })

  test('that was read is given back if it follows its lexicon', async () => {
    await using at = await start()
    const posts = at.atproto.collection('app.bsky.feed.post')
    const post = { $type: 'app.bsky.feed.post', text: 'hi', createdAt }
    expect(await posts.parse(post)).toBe(post)
    await expect(posts.parse({ ...post, createdAt: 'yesterday' })).rejects.toMatchObject({
      code: 'invalid-format',
      path: ['createdAt'],
    })
  })
})

describe('logging in', () => {
  test("goes on at the account's own PDS, and hands out the session", async () => {
    await using pds = await Loopback.start((_, response) =>
      json(response, 200, { did: 'did:plc:alice' }),
    )
    const tokens = {
      did: 'did:plc:alice',
      handle: 'alice.test',
      accessJwt: 'a',
      refreshJwt: 'r',
      active: true,
    }
    const didDoc = {
      id: 'did:plc:alice',
      service: [
        { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: pds.url },
      ],
    }
    await using entryway = await Loopback.start((_, response) =>
      json(response, 200, { ...tokens, didDoc }),
    )
    const stored: unknown[] = []
    const atproto = await ATProto.login({
      service: entryway.url,
      identifier: 'alice.test',
      password: 'secret',
      authFactorToken: 'ABCDE-12345',
      onSession: (session) => void stored.push(session),
    })
    expect(JSON.parse(entryway.requests[0]!.body.toString())).toEqual({
      identifier: 'alice.test',
      password: 'secret',
      authFactorToken: 'ABCDE-12345',
    })
    expect(atproto.session).toEqual({ ...tokens, didDoc, service: entryway.url })
    expect(stored).toEqual([atproto.session])
    await atproto.server.getSession()
    expect(pds.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer a'])
  })

  test.each([
    [
      'a page',
      (response: import('node:http').ServerResponse) =>
        void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    [
      'other JSON',
      (response: import('node:http').ServerResponse) => json(response, 200, { hello: 'world' }),
    ],
    ['null', (response: import('node:http').ServerResponse) => json(response, 200, null)],
  ])('at a service that answers with %s says that it is no PDS', async (_, answer) => {
    await using server = await Loopback.start((_, response) => answer(response))
    const login = ATProto.login({ service: server.url, identifier: 'a.test', password: 'secret' })
    await expect(login).rejects.toMatchObject({ code: 'invalid-response-error' })
  })

  test('with a wrong password is an UnauthorizedError without the password in it', async () => {
    await using server = await Loopback.start((_, response) =>
      json(response, 401, {
        error: 'AuthenticationRequired',
        message: 'Invalid identifier or password',
      }),
    )
    const error = await ATProto.login({
      service: server.url,
      identifier: 'a.test',
      password: 'hunter2',
    }).catch((error: unknown) => error)
    expect(error).toMatchObject({
      name: 'UnauthorizedError',
      error: 'AuthenticationRequired',
      carriedOut: 'no',
    })
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('hunter2')
  })
})

describe('a session in the facade', () => {
  test('is refreshed and ended by the refresh token', async () => {
    await using at = await start((request, response) =>
      request.path.endsWith('refreshSession')
        ? json(response, 200, {
            did: 'did:plc:alice',
            handle: 'alice.test',
            accessJwt: 'access-2',
            refreshJwt: 'refresh-2',
          })
        : void response.writeHead(200).end(),
    )
    const { data } = await at.atproto.server.refreshSession()
    expect(data.accessJwt).toBe('access-2')
    expect(at.atproto.session?.refreshJwt).toBe('refresh-2')
    await at.atproto.server.deleteSession()
    expect(at.atproto.session).toBeUndefined()
    expect(at.server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer refresh-1',
      'Bearer refresh-2',
    ])
  })

  test('shows no token, however it is printed', async () => {
    await using at = await start()
    for (const text of [
      inspect(at.atproto, { depth: null, showHidden: true }),
      JSON.stringify(at.atproto),
    ]) {
      expect(text).not.toMatch(/access-1|refresh-1/)
    }
  })
})
