import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { once } from 'node:events'
import type { LookupFunction } from 'node:net'

import { describe, expect, test } from 'vitest'

import { Loopback } from '../../test/loopback.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.node.ts'
import { createPublicFetch } from './public-fetch.node.ts'

const lookupTo =
  (...addresses: string[]): LookupFunction =>
  (_host, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test.each([
  'http://127.0.0.1:1/',
  'http://127.1:1/',
  'http://0x7f000001:1/',
  'http://2130706433:1/',
  'http://0177.0.0.1:1/',
  'http://[::1]:1/',
  'http://[::ffff:127.0.0.1]:1/',
  'https://10.0.0.1/',
])('an address is refused that is not public: %s', async (url) => {
  await expect(createPublicFetch(false)(url)).rejects.toMatchObject({ code: 'not-public' })
})

test('a name is refused that resolves to this machine, and no connection is made', async () => {
  await using server = await Loopback.start((_, response) => void response.end())
  const { port } = new URL(server.url)
  const fetch = createPublicFetch(false, lookupTo('127.0.0.1'))
  await expect(fetch(`http://alice.example.com:${port}/`)).rejects.toMatchObject({
    code: 'not-public',
    message: expect.stringContaining('127.0.0.1'),
  })
  expect(server.requests).toEqual([])
})

test('a name that rebinds is looked up once, and that address is the one connected to', async () => {
  await using server = await Loopback.start((_, response) => void response.end('reached'))
  const { port } = new URL(server.url)
  // Whoever checks first and connects then gets another address the second time.
  const answers = ['127.0.0.1', '10.0.0.1']
  const rebinding: LookupFunction = (host, options, callback) =>
    lookupTo(answers.shift() ?? '10.0.0.1')(host, options, callback)
  const response = await createPublicFetch(true, rebinding)(`http://alice.example.com:${port}/`)
  expect(await response.text()).toBe('reached')
  expect(answers).toEqual(['10.0.0.1'])
})

test('one private address among public ones is enough to be refused', async () => {
  const fetch = createPublicFetch(true, lookupTo('8.8.8.8', '10.0.0.1'))
  await expect(fetch('https://alice.example.com/')).rejects.toMatchObject({ code: 'not-public' })
})

test('a name without an address is a failure to connect', async () => {
  const fail: LookupFunction = (_host, _options, callback) =>
    callback(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), [])
  await expect(createPublicFetch(false, fail)('https://alice.example.com/')).rejects.toMatchObject({
    code: 'ENOTFOUND',
  })
})

describe('where this machine is allowed', () => {
  const fetch = createPublicFetch(true)

  test('it is reached, by name and by address', async () => {
    await using server = await Loopback.start((_, response) => void response.end('here'))
    const { port } = new URL(server.url)
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here')
    }
  })

  test('other private addresses are refused still', async () => {
    await expect(fetch('http://10.0.0.1/')).rejects.toMatchObject({ code: 'not-public' })
    await expect(fetch('http://169.254.169.254/')).rejects.toMatchObject({ code: 'not-public' })
  })

  test('a connection is used again, also for a body that is sent', async () => {
    const ports = new Set<number | undefined>()
    await using server = await Loopback.start(({ method, body }, response) => {
      ports.add(response.socket?.remotePort)
      response.end(`${method} ${body.toString()}`)
    })
    for (const [method, body] of [
      ['GET', null],
      ['POST', 'sent'],
      ['GET', null],
    ] as const) {
      const response = await fetch(server.url, { method, body })
      expect(await response.text()).toBe(`${method} ${body ?? ''}`)
    }
    expect(ports.size).toBe(1)
  })

  test('a connection that the host ends when it is used again is replaced by another', async () => {
    const used = new Set<unknown>()
    await using server = await Loopback.start((_, response) => {
      if (used.has(response.socket)) return void response.socket?.resetAndDestroy()
      used.add(response.socket)
      response.end('here')
    })
    for (let i = 0; i < 3; i++) expect(await (await fetch(server.url)).text()).toBe('here')
    expect(used.size).toBe(3)
  })

  test('headers arrive as they are, those that repeat too', async () => {
    await using server = await Loopback.start((_, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.setHeader('ratelimit-remaining', '7')
      response.end()
    })
    const { headers } = await fetch(server.url)
    expect(headers.get('ratelimit-remaining')).toBe('7')
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('a redirect is given as it is', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    })
    const response = await fetch(server.url)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('http://10.0.0.1/')
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['gzip', gzipSync('text')],
    ['deflate', deflateSync('text')],
    ['br', brotliCompressSync('text')],
  ])('a body in %s is decompressed', async (encoding, body) => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    })
    expect(await (await fetch(server.url)).text()).toBe('text')
  })

  test('a bomb is decompressed no further than it is read', async () => {
    let closed: Promise<unknown> | undefined
    await using server = await Loopback.start((_, response) => {
      closed = once(response, 'close')
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync(Buffer.alloc(2 ** 26), { level: 9 }))
    })
    const reader = (await fetch(server.url)).body!.getReader()
    expect((await reader.read()).value!.length).toBeLessThan(2 ** 20)
    await reader.cancel()
    await closed
  })

  test('a body that is not what it says fails for its reader', async () => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    })
    await expect((await fetch(server.url)).text()).rejects.toBeInstanceOf(Error)
  })

  test.each([204, 205, 304])('an answer of %i has no body', async (status) => {
    await using server = await Loopback.start((_, response) => {
      response.writeHead(status).end()
    })
    const response = await fetch(server.url)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })

  test('a signal ends it, before the answer and within', async () => {
    await using server = await Loopback.start(({ path }, response) => {
      if (path === '/body') response.write('a')
    })
    for (const path of ['/', '/body']) {
      const stop = new AbortController()
      const text = fetch(server.url + path, { signal: stop.signal }).then((response) => {
        stop.abort()
        return response.text()
      })
      if (path === '/') stop.abort()
      await expect(text).rejects.toThrow(/abort/i)
    }
  })
})

describe('addresses', () => {
  test.each(['1.1.1.1', '8.8.8.8', '100.63.0.1', '172.32.0.1', '2606:4700:4700::1111'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
      expect(isLoopbackAddress(address)).toBe(false)
    },
  )

  test.each([
    '0.0.0.0',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::7f00:1',
    '64:ff9b::8.8.8.8',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each(['127.0.0.1', '127.255.255.254', '::1'])('%s is of this machine', (address) => {
    expect(isLoopbackAddress(address)).toBe(true)
  })
})
