import { describe, expect, test } from 'vitest'

import { deadUrl, json, Loopback } from '../../test/loopback.ts'
import type { Procedure, Query } from '../lexicon/index.ts'
import {
  InternalServerError,
  InvalidRequestError,
  InvalidResponseError,
  isXrpcError,
  NetworkError,
  RateLimitExceededError,
  TimeoutError,
  UnauthorizedError,
  XrpcClient,
  XrpcError,
  XrpcNotSupportedError,
} from './index.ts'
import type { CallOptions, RetryEvent } from './index.ts'

const getThing: Query<
  { name?: string; tags?: string[]; limit?: number; all?: boolean; none?: string | undefined },
  { n: number }
> = {
  nsid: 'com.example.getThing',
  type: 'query',
  output: 'application/json',
}
const putThing: Procedure<undefined, { text: string }, { n: number }> = {
  nsid: 'com.example.putThing',
  type: 'procedure',
  input: 'application/json',
  output: 'application/json',
}
const touch: Procedure<undefined, undefined, undefined> = {
  nsid: 'com.example.touch',
  type: 'procedure',
}

const noJitter = { min: 0, max: 0 }

describe('a request', () => {
  test('puts parameters into the query: lists repeat, undefined is left out, text is escaped', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const client = new XrpcClient(server.url)
    await client.call(getThing, {
      name: 'a b&c=ü',
      tags: ['x', 'y'],
      limit: 10,
      all: false,
      none: undefined,
    })
    const { method, path } = server.requests[0]!
    const url = new URL(path, server.url)
    expect(method).toBe('GET')
    expect(url.pathname).toBe('/xrpc/com.example.getThing')
    expect([...url.searchParams]).toEqual([
      ['name', 'a b&c=ü'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['limit', '10'],
      ['all', 'false'],
    ])
  })

  test('refuses a parameter that no query can carry, before anything is sent', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const call = new XrpcClient(server.url).call(getThing, { name: {} as string })
    await expect(call).rejects.toThrow(new TypeError('Parameter "name" is an object or null'))
    expect(server.requests).toHaveLength(0)
  })

  test('sends JSON input with its type, and no body where there is no input', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const client = new XrpcClient(server.url)
    await client.call(putThing, { text: 'ü' })
    await client.call(touch)
    const [put, touched] = server.requests
    expect(put!.method).toBe('POST')
    expect(put!.headers['content-type']).toBe('application/json')
    expect(JSON.parse(put!.body.toString())).toEqual({ text: 'ü' })
    expect(touched!.body).toHaveLength(0)
    expect(touched!.headers['content-type']).toBeUndefined()
  })

  test('carries the headers of client and call, the call winning, and the proxy and labeler options', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const client = new XrpcClient(server.url, { headers: { 'x-a': 'client', 'x-b': 'client' } })
    await client.call(
      getThing,
      {},
      {
        headers: { 'X-B': 'call' },
        proxy: 'did:web:api.example.com#bsky_appview',
        labelers: ['did:plc:one', 'did:plc:two;redact'],
      },
    )
    expect(server.requests[0]!.headers).toMatchObject({
      'x-a': 'client',
      'x-b': 'call',
      'atproto-proxy': 'did:web:api.example.com#bsky_appview',
      'atproto-accept-labelers': 'did:plc:one, did:plc:two;redact',
    })
  })

  test('keeps the path of a service URL', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    await new XrpcClient(`${server.url}/behind/proxy/`).call(getThing)
    expect(server.requests[0]!.path).toBe('/behind/proxy/xrpc/com.example.getThing')
  })
})

describe('an answer', () => {
  test('gives data, headers, status and rate limit', async () => {
    await using server = await Loopback.start((_, response) =>
      json(
        response,
        200,
        { n: 7 },
        {
          'ratelimit-limit': '3000',
          'ratelimit-remaining': '2999',
          'ratelimit-reset': '1790000000',
          'ratelimit-policy': '3000;w=300',
        },
      ),
    )
    const answer = await new XrpcClient(server.url).call(getThing)
    expect(answer.data).toEqual({ n: 7 })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.rateLimit).toEqual({
      limit: 3000,
      remaining: 2999,
      reset: 1790000000,
      policy: '3000;w=300',
    })
  })

  test.each([
    [400, InvalidRequestError, 'invalid-request-error', false],
    [401, UnauthorizedError, 'unauthorized-error', false],
    [403, InvalidRequestError, 'invalid-request-error', false],
    [404, InvalidRequestError, 'invalid-request-error', false],
    [413, InvalidRequestError, 'invalid-request-error', false],
    [429, RateLimitExceededError, 'rate-limit-exceeded-error', true],
    [500, InternalServerError, 'internal-server-error', true],
    [501, InternalServerError, 'internal-server-error', false],
    [502, InternalServerError, 'internal-server-error', true],
    [503, InternalServerError, 'internal-server-error', true],
    [302, XrpcNotSupportedError, 'xrpc-not-supported-error', false],
  ])('of status %i is a %o', async (status, type, code, retryable) => {
    await using server = await Loopback.start((_, response) =>
      json(
        response,
        status,
        { error: 'SomeName', message: 'why' },
        {
          location: '/else',
        },
      ),
    )
    const error = await new XrpcClient(server.url).call(getThing).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(type)
    expect(error).toBeInstanceOf(XrpcError)
    expect(error).toMatchObject({
      code,
      status,
      retryable,
      nsid: 'com.example.getThing',
      attempts: 1,
    })
    expect((error as XrpcError).headers.get('location')).toBe('/else')
    expect(error).not.toHaveProperty('carriedOut')
    expect(error).toMatchObject({ error: 'SomeName', message: 'why' })
    expect(server.requests).toHaveLength(1)
  })

  test('narrows to the name that the server gave', async () => {
    await using server = await Loopback.start((_, response) =>
      json(response, 400, { error: 'RecordNotFound' }),
    )
    const error = await new XrpcClient(server.url).call(getThing).catch((error: unknown) => error)
    expect(isXrpcError(error)).toBe(true)
    expect(isXrpcError(error, 'RecordNotFound')).toBe(true)
    expect(isXrpcError(error, 'InvalidRequest')).toBe(false)
    expect((error as Error).message).toBe('RecordNotFound')
  })

  test.each([
    ['HTML', 'text/html; charset=utf-8', '<html>Bad gateway</html>'],
    ['nothing', 'application/json', ''],
    ['a JSON list', 'application/json', '[]'],
    ['JSON null', 'application/json', 'null'],
    ['broken JSON', 'application/json', '{"error":"X'],
  ])('that is an error with %s keeps its status and says what came', async (_, type, body) => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(502, { 'content-type': type }).end(body)
    })
    const error = await new XrpcClient(server.url).call(getThing).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(InternalServerError)
    expect(error).toMatchObject({ status: 502, error: 'Unknown' })
    expect((error as Error).message).toMatch(
      /com\.example\.getThing got 502 and .*is the service a PDS\?/,
    )
  })

  test.each([
    ['HTML', 'text/html', '<html>Welcome</html>'],
    ['nothing', 'application/json', ''],
    ['broken JSON', 'application/json', '{"n":'],
  ])('that is a success with %s is an InvalidResponseError', async (_, type, body) => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(body)
    })
    const client = new XrpcClient(server.url)
    const error = await client.call(getThing).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(InvalidResponseError)
    expect(error).toMatchObject({ code: 'invalid-response-error', status: 200, retryable: false })
    const write = client.call(putThing, { text: '' })
    await expect(write).rejects.toMatchObject({ code: 'invalid-response-error', carriedOut: 'yes' })
  })

  test('to a method without output is not read as JSON', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200).end()
    })
    expect((await new XrpcClient(server.url).call(touch)).data).toBeUndefined()
  })

  test('that quotes a token does not bring it into the error', async () => {
    const token = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkaWQ6cGxjOmEifQ.c2lnbmF0dXJl`
    await using server = await Loopback.start((_, response) =>
      json(response, 400, { error: 'InvalidToken', message: `Bad token ${token} given` }),
    )
    const error = await new XrpcClient(server.url).call(getThing).catch((error: unknown) => error)
    expect((error as Error).message).toBe('Bad token [token] given')
  })
})

describe('a failure of the network', () => {
  test('before the connection says that nothing was carried out', async () => {
    const client = new XrpcClient(await deadUrl())
    const error = await client.call(putThing, { text: '' }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({
      code: 'network-error',
      carriedOut: 'no',
      nsid: 'com.example.putThing',
    })
    expect((error as Error).message).toMatch(
      /^com\.example\.putThing failed: .*ECONNREFUSED.* \(not sent: check the service\)$/,
    )
  })

  test('to a host that does not exist says so', async () => {
    const error = await new XrpcClient('no-such-host.invalid')
      .call(getThing)
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect((error as Error).message).toMatch(/no-such-host\.invalid/)
  })

  test('after the request was sent leaves open what happened', async () => {
    await using server = await Loopback.start((_, response) => void response.destroy())
    const error = await new XrpcClient(server.url)
      .call(putThing, { text: '' })
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ carriedOut: 'unknown' })
    expect((error as Error).message).toMatch(/ \(no answer\)$/)
  })

  test('in the middle of a successful answer says that it was carried out', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"n":', () => response.destroy())
    })
    const error = await new XrpcClient(server.url)
      .call(putThing, { text: '' })
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ carriedOut: 'yes' })
  })

  test('in the middle of an error keeps its status', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"error":', () => response.destroy())
    })
    const error = await new XrpcClient(server.url)
      .call(putThing, { text: '' })
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'invalid-request-error', status: 400, carriedOut: 'no' })
  })

  test("is told from an error in the caller's own fetch", async () => {
    const mine = new Error('mine')
    const client = new XrpcClient(() => Promise.reject(mine))
    await expect(client.call(getThing)).rejects.toBe(mine)
  })
})

describe('the time limit', () => {
  test('covers headers that do not come', async () => {
    await using server = await Loopback.start(() => {})
    const call = new XrpcClient(server.url).call(getThing, {}, { timeout: 30 })
    const error = await call.catch((error: unknown) => error)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({ code: 'timeout-error', retryable: true })
    expect((error as Error).message).toBe('com.example.getThing took over 30 ms (no answer)')
  })

  test('covers a body that does not end, and says that the write happened', async () => {
    const endless = async () => new Response(new ReadableStream())
    const call = new XrpcClient(endless).call(putThing, { text: '' }, { timeout: 30 })
    await expect(call).rejects.toMatchObject({ code: 'timeout-error', carriedOut: 'yes' })
  })

  test('covers the body of an error too', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":')
    })
    const call = new XrpcClient(server.url).call(getThing, {}, { timeout: 30 })
    await expect(call).rejects.toBeInstanceOf(TimeoutError)
  })

  test('ends a call whose fetch ignores the signal', async () => {
    const client = new XrpcClient(() => new Promise(() => {}), { timeout: 10 })
    const error = await client.call(getThing).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(TimeoutError)
    expect((error as Error).cause).toMatchObject({ name: 'AbortError' })
  })
})

describe('a signal', () => {
  test('ends a call with its own reason', async () => {
    await using server = await Loopback.start(() => controller.abort(reason))
    const controller = new AbortController()
    const reason = new Error('enough')
    await expect(
      new XrpcClient(server.url).call(getThing, {}, { signal: controller.signal }),
    ).rejects.toBe(reason)
  })

  test('that has fired sends nothing', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, {}))
    const call = new XrpcClient(server.url).call(getThing, {}, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(server.requests).toHaveLength(0)
  })

  test('ends the wait before a retry', async () => {
    await using server = await Loopback.start((_, response) => json(response, 500, {}))
    const controller = new AbortController()
    const call = new XrpcClient(server.url).call(
      getThing,
      {},
      {
        signal: controller.signal,
        retry: {
          maxAttempts: 2,
          jitter: { min: 1e9, max: 1e9 },
          onRetry: () => void setTimeout(() => controller.abort(), 0),
        },
      },
    )
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a retry', () => {
  /** Runs with the delays that the client asks for written down and cut short. */
  const quick = (maxAttempts: number) => {
    const events: RetryEvent[] = []
    return {
      events,
      options: {
        retry: {
          maxAttempts,
          jitter: noJitter,
          onRetry: (event: RetryEvent) => void events.push(event),
        },
      } satisfies CallOptions,
    }
  }

  test('is not made unless asked for', async () => {
    await using server = await Loopback.start((_, response) => json(response, 500, {}))
    await expect(new XrpcClient(server.url).call(getThing)).rejects.toMatchObject({ attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  test('of a query goes on after 5xx until there is an answer, with growing delays', async () => {
    await using server = await Loopback.start((_, response) =>
      server.requests.length < 3 ? json(response, 503, {}) : json(response, 200, { n: 3 }),
    )
    const { events, options } = quick(3)
    const { data } = await new XrpcClient(server.url, options).call(getThing)
    expect(data).toEqual({ n: 3 })
    expect(events.map(({ attempt, delay, error }) => [attempt, delay, error.code])).toEqual([
      [1, 500, 'internal-server-error'],
      [2, 1000, 'internal-server-error'],
    ])
  })

  test('ends after maxAttempts requests, with the last error', async () => {
    await using server = await Loopback.start((_, response) => json(response, 500, {}))
    const { options } = quick(2)
    await expect(new XrpcClient(server.url, options).call(getThing)).rejects.toMatchObject({
      attempts: 2,
    })
    expect(server.requests).toHaveLength(2)
  })

  test('of a query goes on after a dropped connection', async () => {
    await using server = await Loopback.start((_, response) =>
      server.requests.length < 2 ? void response.destroy() : json(response, 200, { n: 2 }),
    )
    const { events, options } = quick(2)
    await new XrpcClient(server.url, options).call(getThing)
    expect(events.map(({ error }) => error.code)).toEqual(['network-error'])
  })

  test('of a query goes on after a timeout', async () => {
    const { events, options } = quick(2)
    const handler = () =>
      events.length ? Promise.resolve(Response.json({ n: 2 })) : new Promise<Response>(() => {})
    await new XrpcClient(handler, { ...options, timeout: 10 }).call(getThing)
    expect(events.map(({ error }) => error.code)).toEqual(['timeout-error'])
  })

  test.each([400, 401, 403, 404, 429, 501, 302])('is not made on status %i', async (status) => {
    await using server = await Loopback.start((_, response) => json(response, status, {}))
    const { options } = quick(3)
    await expect(new XrpcClient(server.url, options).call(getThing)).rejects.toMatchObject({
      status,
    })
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['a 5xx', (response: import('node:http').ServerResponse) => json(response, 500, {})],
    [
      'a dropped connection',
      (response: import('node:http').ServerResponse) => void response.destroy(),
    ],
  ])('of a procedure is not made after %s: it may have been carried out', async (_, answer) => {
    await using server = await Loopback.start((_, response) => answer(response))
    const { options } = quick(3)
    const call = new XrpcClient(server.url, options).call(putThing, { text: '' })
    await expect(call).rejects.toMatchObject({ carriedOut: 'unknown' })
    expect(server.requests).toHaveLength(1)
  })

  test('of a procedure is made where the connection never stood', async () => {
    const { events, options } = quick(2)
    const call = new XrpcClient(await deadUrl(), options).call(putThing, { text: '' })
    await expect(call).rejects.toMatchObject({ attempts: 2, carriedOut: 'no' })
    expect(events).toHaveLength(1)
  })

  test('sends bytes, blobs and opened streams again, whole', async () => {
    const bytes = new TextEncoder().encode('some bytes')
    const upload: Procedure<undefined, unknown, { n: number }> = { ...putThing, input: '*/*' }
    for (const body of [
      bytes,
      bytes.buffer,
      new Blob([bytes], { type: 'text/x' }),
      () => new Blob([bytes]).stream(),
    ]) {
      await using server = await Loopback.start((_, response) =>
        server.requests.length < 2 ? json(response, 503, {}) : json(response, 200, { n: 1 }),
      )
      const { options } = quick(2)
      await new XrpcClient(server.url, options).call(upload, body, {
        settle: async () => undefined,
      })
      expect(server.requests.map((request) => request.body.toString())).toEqual([
        'some bytes',
        'some bytes',
      ])
    }
  })

  test('is not made with a stream that was used up', async () => {
    const upload: Procedure<undefined, unknown, { n: number }> = { ...putThing, input: '*/*' }
    await using server = await Loopback.start((_, response) => json(response, 503, {}))
    const { options } = quick(2)
    const call = new XrpcClient(server.url, options).call(upload, new Blob(['x']).stream(), {
      settle: async () => undefined,
    })
    await expect(call).rejects.toMatchObject({ attempts: 1 })
  })

  test('takes the delay that Retry-After asks for, if it is longer', async () => {
    await using server = await Loopback.start((_, response) =>
      server.requests.length < 2
        ? json(response, 503, {}, { 'retry-after': '1' })
        : json(response, 200, { n: 1 }),
    )
    const { events, options } = quick(2)
    await new XrpcClient(server.url, options).call(getThing)
    expect(events[0]!.delay).toBe(1000)
  })

  test.each([0, -1, Number.NaN])('refuses maxAttempts of %d', async (maxAttempts) => {
    const call = new XrpcClient('pds.example.com').call(getThing, {}, { retry: { maxAttempts } })
    await expect(call).rejects.toThrow(RangeError)
  })
})

describe('a lost answer of a procedure that can be settled', () => {
  const settled = { data: { n: 42 }, headers: new Headers(), status: 200 }

  test('is looked up, and not sent again where it was carried out', async () => {
    await using server = await Loopback.start((_, response) => void response.destroy())
    const call = new XrpcClient(server.url).call(
      putThing,
      { text: '' },
      { settle: async () => settled },
    )
    expect((await call).data).toEqual({ n: 42 })
    expect(server.requests).toHaveLength(1)
  })

  test('is sent again where it was not', async () => {
    await using server = await Loopback.start((_, response) =>
      server.requests.length < 2 ? void response.destroy() : json(response, 200, { n: 2 }),
    )
    const call = new XrpcClient(server.url).call(
      putThing,
      { text: '' },
      {
        retry: { maxAttempts: 2, jitter: noJitter },
        settle: async () => undefined,
      },
    )
    expect((await call).data).toEqual({ n: 2 })
  })

  test('throws the first error where it cannot be looked up', async () => {
    await using server = await Loopback.start((_, response) => void response.destroy())
    const call = new XrpcClient(server.url).call(
      putThing,
      { text: '' },
      {
        settle: () => Promise.reject(new Error('no answer either')),
      },
    )
    await expect(call).rejects.toMatchObject({ code: 'network-error', carriedOut: 'unknown' })
  })
})

describe('a rate limit', () => {
  test('is an error that says when it ends', async () => {
    await using server = await Loopback.start((_, response) =>
      json(
        response,
        429,
        { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
        {
          'ratelimit-limit': '30',
          'ratelimit-remaining': '0',
          'ratelimit-reset': '1790000000',
        },
      ),
    )
    const error = await new XrpcClient(server.url).call(getThing).catch((error: unknown) => error)
    expect(error).toMatchObject({ rateLimit: { limit: 30, remaining: 0, reset: 1790000000 } })
  })

  test("is waited for on request, by the server's clock", async () => {
    const serverNow = Date.parse('2011-02-03T04:05:06Z')
    await using server = await Loopback.start((_, response) =>
      server.requests.length < 3
        ? json(
            response,
            429,
            {},
            {
              date: new Date(serverNow).toUTCString(),
              'ratelimit-limit': '1',
              'ratelimit-reset': String(serverNow / 1000 + 1),
            },
          )
        : json(response, 200, { n: 1 }),
    )
    const delays: number[] = []
    await new XrpcClient(server.url).call(
      putThing,
      { text: '' },
      {
        rateLimit: 'wait',
        retry: { maxAttempts: 1, onRetry: ({ delay }) => void delays.push(delay) },
      },
    )
    expect(delays).toEqual([1000, 1000])
  })

  test('of which the server does not say the end is an error in either case', async () => {
    await using server = await Loopback.start((_, response) => json(response, 429, {}))
    const call = new XrpcClient(server.url).call(getThing, {}, { rateLimit: 'wait' })
    await expect(call).rejects.toBeInstanceOf(RateLimitExceededError)
    expect(server.requests).toHaveLength(1)
  })
})

describe('a binary body', () => {
  const upload: Procedure<undefined, unknown, { n: number }> = { ...putThing, input: '*/*' }

  test.each([
    ['the option', new Uint8Array(3), 'image/png', 'image/png'],
    ['its own', new Blob(['x'], { type: 'image/gif' }), undefined, 'image/gif'],
    ['the plain one', new Uint8Array(3), undefined, 'application/octet-stream'],
  ])('has the type of %s', async (_, body, encoding, expected) => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    await new XrpcClient(server.url).call(upload, body, { encoding })
    expect(server.requests[0]!.headers['content-type']).toBe(expected)
  })

  test('has the type of a content-type header that the caller gives', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const headers = { 'Content-Type': 'image/webp' }
    await new XrpcClient(server.url).call(upload, new Uint8Array(3), { headers })
    expect(server.requests[0]!.headers['content-type']).toBe('image/webp')
  })

  test('has the type that the lexicon demands', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const imported = { ...upload, input: 'application/vnd.ipld.car' }
    await new XrpcClient(server.url).call(imported, new Uint8Array(3))
    expect(server.requests[0]!.headers['content-type']).toBe('application/vnd.ipld.car')
  })

  test('may be a stream', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    await new XrpcClient(server.url).call(upload, new Blob(['abc', 'def']).stream())
    expect(server.requests[0]!.body.toString()).toBe('abcdef')
  })
})

describe('a binary answer', () => {
  const getBlob: Query<undefined, ReadableStream<Uint8Array>> = {
    nsid: 'com.example.getBlob',
    type: 'query',
    output: '*/*',
  }

  test('is a stream, of JSON too', async () => {
    await using server = await Loopback.start((_, response) => json(response, 200, { n: 1 }))
    const { data } = await new XrpcClient(server.url).call(getBlob)
    expect(await new Response(data).text()).toBe('{"n":1}')
  })

  test('fails with a typed error where it is cut', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    const { data } = await new XrpcClient(server.url).call(getBlob)
    await expect(new Response(data).bytes()).rejects.toMatchObject({ code: 'network-error' })
  })

  test('fails with a TimeoutError where it stalls', async () => {
    const stalled = async () =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(4)) }),
      )
    const { data } = await new XrpcClient(stalled).call(getBlob, undefined, { timeout: 10 })
    await expect(new Response(data).bytes()).rejects.toBeInstanceOf(TimeoutError)
  })

  test('waits for a slow reader', async () => {
    const whole = async () => new Response('whole')
    const { data } = await new XrpcClient(whole).call(getBlob, undefined, { timeout: 10 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await new Response(data).text()).toBe('whole')
  })

  test('ends when the signal fires', async () => {
    await using server = await Loopback.start(
      (_, response) => void response.writeHead(200).write('half'),
    )
    const controller = new AbortController()
    const { data } = await new XrpcClient(server.url).call(getBlob, undefined, {
      signal: controller.signal,
    })
    const reader = data.getReader()
    await reader.read()
    controller.abort()
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
  })
})
