import { inspect } from 'node:util'

import { describe, expect, test } from 'vitest'

import { json, Loopback } from '../../test/loopback.ts'
import type { ReceivedRequest } from '../../test/loopback.ts'
import type { Procedure, Query } from '../lexicon/index.ts'
import { NetworkError, UnauthorizedError, XrpcClient } from '../xrpc/index.ts'
import { PasswordSession, SessionEndedError } from './index.ts'
import type { PasswordSessionOptions, Session } from './index.ts'

const getThing: Query<undefined, { n: number }> = {
  nsid: 'com.example.getThing',
  type: 'query',
  output: 'application/json',
}
const upload: Procedure<undefined, BodyInit, { n: number }> = {
  nsid: 'com.example.upload',
  type: 'procedure',
  input: '*/*',
  output: 'application/json',
}

/** A PDS whose access tokens are `access-N` and refresh tokens `refresh-N`; only the newest are good. */
class TokenServer {
  generation = 1
  refreshes = 0
  /** Answers a refresh in place of new tokens. */
  onRefresh: ((response: import('node:http').ServerResponse) => void) | undefined

  readonly answer = (
    request: ReceivedRequest,
    response: import('node:http').ServerResponse,
  ): void => {
    const token = request.headers.authorization?.replace('Bearer ', '')
    if (request.path.endsWith('/com.atproto.server.refreshSession')) {
      this.refreshes++
      if (this.onRefresh) return this.onRefresh(response)
      if (token !== `refresh-${this.generation}`) {
        return json(response, 400, { error: 'ExpiredToken', message: 'Token has been revoked' })
      }
      this.generation++
      return json(response, 200, this.tokens())
    }
    if (request.path.endsWith('/com.atproto.server.deleteSession')) {
      if (token !== `refresh-${this.generation}`)
        return json(response, 401, { error: 'InvalidToken' })
      return void response.writeHead(200).end()
    }
    if (token !== `access-${this.generation}`) {
      return json(response, 400, { error: 'ExpiredToken', message: 'Token has expired' })
    }
    return json(response, 200, { n: this.generation })
  }

  tokens() {
    const { generation } = this
    return {
      did: 'did:plc:alice',
      handle: 'alice.test',
      accessJwt: `access-${generation}`,
      refreshJwt: `refresh-${generation}`,
    }
  }
}

function sessionAt(service: string, generation: number): Session {
  return {
    service,
    did: 'did:plc:alice',
    handle: 'alice.test',
    accessJwt: `access-${generation}`,
    refreshJwt: `refresh-${generation}`,
    email: 'alice@example.com',
  }
}

async function start(options: PasswordSessionOptions = {}) {
  const tokens = new TokenServer()
  const server = await Loopback.start(tokens.answer)
  const stored: (Session | undefined)[] = []
  const session = new PasswordSession(sessionAt(server.url, 1), {
    onSession: (session) => void stored.push(session),
    ...options,
  })
  const client = new XrpcClient(session.fetchHandler)
  return {
    tokens,
    server,
    session,
    client,
    stored,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A session whose access token the server takes for expired, while its refresh token is good. */
async function startExpired(options: PasswordSessionOptions = {}) {
  const started = await start()
  const session = new PasswordSession(
    { ...sessionAt(started.server.url, 1), accessJwt: 'access-0' },
    { onSession: (session) => void started.stored.push(session), ...options },
  )
  return { ...started, session, client: new XrpcClient(session.fetchHandler) }
}

describe('a session with a good token', () => {
  test('authorizes calls', async () => {
    await using at = await start()
    expect((await at.client.call(getThing)).data).toEqual({ n: 1 })
    expect(at.server.requests[0]!.headers.authorization).toBe('Bearer access-1')
  })

  test('that was stored without its service goes by that of the options', async () => {
    await using at = await startExpired()
    const { service: _, ...stored } = at.session.session!
    const session = new PasswordSession(stored, { service: at.server.url })
    expect((await new XrpcClient(session.fetchHandler).call(getThing)).data).toEqual({ n: 2 })
    expect(session.session?.service).toBe(at.server.url)
  })

  test('leaves an authorization of the caller alone', async () => {
    await using at = await start()
    const call = at.client.call(getThing, undefined, { headers: { authorization: 'Basic abc' } })
    await expect(call).rejects.toMatchObject({ error: 'ExpiredToken' })
    expect(at.server.requests.map((request) => request.headers.authorization)).toEqual([
      'Basic abc',
    ])
  })

  test('goes to the PDS that the DID document names', async () => {
    await using elsewhere = await Loopback.start((_, response) => json(response, 200, { n: 5 }))
    const didDoc = {
      id: 'did:plc:alice',
      service: [
        { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: elsewhere.url },
      ],
    }
    const session = new PasswordSession({ ...sessionAt('https://entryway.invalid', 1), didDoc })
    expect((await new XrpcClient(session.fetchHandler).call(getThing)).data).toEqual({ n: 5 })
  })
})

describe('a session whose token has expired', () => {
  test('is refreshed and the call sent again', async () => {
    await using at = await startExpired()
    expect((await at.client.call(getThing)).data).toEqual({ n: 2 })
    expect(at.session.session).toEqual(sessionAt(at.server.url, 2))
    expect(at.stored).toEqual([sessionAt(at.server.url, 2)])
  })

  test('is refreshed once for a hundred calls at a time, and each is sent again once', async () => {
    await using at = await startExpired()
    const answers = await Promise.all(Array.from({ length: 100 }, () => at.client.call(getThing)))
    expect(answers.map(({ data }) => data.n)).toEqual(Array(100).fill(2))
    expect(at.tokens.refreshes).toBe(1)
    const calls = at.server.requests.filter(({ path }) => path.endsWith('getThing'))
    const sent = (token: string) =>
      calls.filter(({ headers }) => headers.authorization === `Bearer ${token}`)
    expect(sent('access-0')).toHaveLength(100)
    expect(sent('access-2')).toHaveLength(100)
  })

  test('is not refreshed again for a call whose refusal comes late', async () => {
    await using at = await startExpired()
    let release = () => {}
    const late = new PasswordSession(
      { ...sessionAt(at.server.url, 1), accessJwt: 'access-0' },
      {
        fetch: async (url, init) => {
          const response = await fetch(url, init)
          const isFirst = new Headers(init?.headers).get('x-late') && response.status === 400
          if (isFirst) await new Promise<void>((resolve) => (release = resolve))
          return response
        },
      },
    )
    const client = new XrpcClient(late.fetchHandler)
    const slow = client.call(getThing, undefined, { headers: { 'x-late': '1' } })
    await client.call(getThing)
    release()
    expect((await slow).data).toEqual({ n: 2 })
    expect(at.tokens.refreshes).toBe(1)
  })

  test('waits for onSession before calls go on, so that nothing is used that is not stored', async () => {
    const order: string[] = []
    await using at = await startExpired({
      onSession: async () => {
        await new Promise((resolve) => setTimeout(resolve, 10))
        order.push('stored')
      },
    })
    await at.client.call(getThing)
    order.push('answered')
    expect(order).toEqual(['stored', 'answered'])
  })

  test('sends a body again, whole', async () => {
    await using at = await startExpired()
    await at.client.call(upload, new TextEncoder().encode('some bytes'))
    const bodies = at.server.requests
      .filter(({ path }) => path.endsWith('upload'))
      .map(({ body }) => body.toString())
    expect(bodies).toEqual(['some bytes', 'some bytes'])
  })

  test('makes sure of the token before a stream is used up', async () => {
    await using at = await startExpired()
    await at.client.call(upload, new Blob(['some bytes']).stream())
    const uploads = at.server.requests.filter(({ path }) => path.endsWith('upload'))
    expect(uploads.map(({ body }) => body.toString())).toEqual(['some bytes'])
  })

  test('is taken for expired by invalid_token in WWW-Authenticate as well', async () => {
    await using server = await Loopback.start((request, response) => {
      if (request.path.endsWith('refreshSession')) {
        json(response, 200, {
          did: 'did:plc:alice',
          handle: 'alice.test',
          accessJwt: 'access-2',
          refreshJwt: 'r',
        })
      } else if (request.headers.authorization === 'Bearer access-2') json(response, 200, { n: 2 })
      else json(response, 401, {}, { 'www-authenticate': 'Bearer error="invalid_token"' })
    })
    const session = new PasswordSession(sessionAt(server.url, 1))
    expect((await new XrpcClient(session.fetchHandler).call(getThing)).data).toEqual({ n: 2 })
  })

  test('stays where the refresh fails on the network, and the error says that the call did nothing', async () => {
    await using at = await startExpired()
    at.tokens.onRefresh = (response) => void response.destroy()
    const error = await at.client.call(getThing).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ nsid: 'com.atproto.server.refreshSession' })
    expect(at.session.session?.refreshJwt).toBe('refresh-1')
    expect(at.stored).toEqual([])
    at.tokens.onRefresh = undefined
    expect((await at.client.call(getThing)).data).toEqual({ n: 2 })
  })

  test('is refreshed in a retry of a procedure, since the procedure itself was not carried out', async () => {
    await using at = await startExpired()
    at.tokens.onRefresh = (response) => {
      at.tokens.onRefresh = undefined
      response.destroy()
    }
    const retry = { maxAttempts: 2, jitter: { min: 0, max: 0 } }
    const { data } = await at.client.call(upload, new Uint8Array(3), { retry })
    expect(data).toEqual({ n: 2 })
  })

  test.each([429, 500, 502])(
    'stays where the refresh is answered with status %i',
    async (status) => {
      await using at = await startExpired()
      at.tokens.onRefresh = (response) => json(response, status, { error: 'Busy' })
      await expect(at.client.call(getThing)).rejects.toMatchObject({ status })
      expect(at.session.session).toBeDefined()
      expect(at.stored).toEqual([])
    },
  )

  test('stays where a proxy refuses in place of the service', async () => {
    await using at = await startExpired()
    at.tokens.onRefresh = (response) =>
      void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>')
    await expect(at.client.call(getThing)).rejects.toMatchObject({ status: 403 })
    expect(at.session.session).toBeDefined()
  })

  test('is over where the service refuses, and says so once', async () => {
    await using at = await startExpired()
    at.tokens.generation = 7
    const failures = await Promise.all(
      [1, 2, 3].map(() => at.client.call(getThing).catch((error: unknown) => error)),
    )
    for (const error of failures) {
      expect(error).toBeInstanceOf(SessionEndedError)
      expect(error).toBeInstanceOf(UnauthorizedError)
      expect(error).toMatchObject({
        code: 'session-ended-error',
        error: 'ExpiredToken',
        carriedOut: 'no',
      })
      expect((error as Error).message).toBe(
        'The session has ended (Token has been revoked). Log in again.',
      )
    }
    expect(at.stored).toEqual([undefined])
    expect(at.session.session).toBeUndefined()
    const sent = at.server.requests.length
    await expect(at.client.call(getThing)).rejects.toBeInstanceOf(SessionEndedError)
    expect(at.server.requests).toHaveLength(sent)
  })

  test.each([
    [
      'another account',
      { did: 'did:plc:mallory', handle: 'm.test', accessJwt: 'a', refreshJwt: 'r' },
    ],
    ['no tokens', { did: 'did:plc:alice', handle: 'alice.test' }],
  ])('refuses a refresh that gives %s', async (_, body) => {
    await using at = await startExpired()
    at.tokens.onRefresh = (response) => json(response, 200, body)
    await expect(at.client.call(getThing)).rejects.toMatchObject({ code: 'invalid-response-error' })
    expect(at.session.session?.did).toBe('did:plc:alice')
    expect(at.stored).toEqual([])
  })

  test('is not refreshed for ever by a server that never likes a token', async () => {
    await using server = await Loopback.start((request, response) =>
      request.path.endsWith('refreshSession')
        ? json(response, 200, {
            did: 'did:plc:alice',
            handle: 'a.test',
            accessJwt: String(server.requests.length),
            refreshJwt: 'r',
          })
        : json(response, 400, { error: 'ExpiredToken' }),
    )
    const session = new PasswordSession(sessionAt(server.url, 1))
    await expect(new XrpcClient(session.fetchHandler).call(getThing)).rejects.toMatchObject({
      error: 'ExpiredToken',
    })
    expect(server.requests.length).toBeLessThanOrEqual(5)
  })
})

describe('two processes on one stored session', () => {
  test('refresh once between them, with a lock', async () => {
    await using at = await start()
    let stored: Session | undefined = { ...sessionAt(at.server.url, 1), accessJwt: 'access-0' }
    let lock: Promise<unknown> = Promise.resolve()
    const process = () =>
      new XrpcClient(
        new PasswordSession(stored!, {
          onSession: (session) => void (stored = session),
          refreshLock: (did, refresh) => {
            expect(did).toBe('did:plc:alice')
            const mine = lock.then(() => refresh(stored))
            lock = mine.catch(() => {})
            return mine
          },
        }).fetchHandler,
      )
    const answers = await Promise.all([process().call(getThing), process().call(getThing)])
    expect(answers.map(({ data }) => data)).toEqual([{ n: 2 }, { n: 2 }])
    expect(at.tokens.refreshes).toBe(1)
  })

  test('go on where the session that the other left has expired as well', async () => {
    await using at = await start()
    at.tokens.generation = 3
    const left = { ...sessionAt(at.server.url, 3), accessJwt: 'access-2' }
    const session = new PasswordSession(sessionAt(at.server.url, 1), {
      refreshLock: (_, refresh) => refresh(left),
    })
    expect((await new XrpcClient(session.fetchHandler).call(getThing)).data).toEqual({ n: 4 })
  })
})

describe('logging out', () => {
  test('ends the session at the service and here', async () => {
    await using at = await start()
    await at.session.delete()
    expect(at.server.requests[0]).toMatchObject({
      path: '/xrpc/com.atproto.server.deleteSession',
      headers: { authorization: 'Bearer refresh-1' },
    })
    expect(at.stored).toEqual([undefined])
    await expect(at.client.call(getThing)).rejects.toThrow(
      'The session has ended (it was logged out)',
    )
  })

  test('of a session that the service no longer knows is done all the same', async () => {
    await using at = await start()
    at.tokens.generation = 2
    await at.session.delete()
    expect(at.stored).toEqual([undefined])
  })

  test('that does not reach the service leaves the session, to try again', async () => {
    await using at = await start()
    await at.server[Symbol.asyncDispose]()
    await expect(at.session.delete()).rejects.toBeInstanceOf(NetworkError)
    expect(at.session.session).toBeDefined()
  })
})

describe('the tokens', () => {
  test('show in no print of the session or of an error', async () => {
    await using at = await startExpired()
    at.tokens.onRefresh = (response) => void response.destroy()
    const error = await at.client.call(getThing).catch((error: unknown) => error)
    for (const value of [at.session, at.client, error]) {
      for (const text of [
        inspect(value, { depth: null, showHidden: true }),
        JSON.stringify(value),
        String(value),
      ]) {
        expect(text).not.toMatch(/access-|refresh-/)
      }
    }
  })
})
