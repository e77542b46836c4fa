import { expect, onTestFinished, test } from 'vitest'

import { json, Loopback } from '../../test/loopback.ts'
import { dnsOverHttps, IdentityError, IdentityResolver } from './index.ts'

async function serve(status: number, body: unknown) {
  const server = await Loopback.start((_, response) => json(response, status, body))
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

const { signal } = new AbortController()
const NAME = '_atproto.alice.example.com'

test.each([
  ['its plain text', 'did=did:plc:a', ['did=did:plc:a']],
  ['quotes', '"did=did:plc:a"', ['did=did:plc:a']],
  ['pieces', '"did=" "did:plc:a"', ['did=', 'did:plc:a']],
  ['escapes', String.raw`"a \"quoted\" \\ text"`, ['a "quoted" \\ text']],
  ['nothing', '""', ['']],
])('a record is read that is given as %s', async (_, data, pieces) => {
  const server = await serve(200, { Status: 0, Answer: [{ name: NAME, type: 16, TTL: 300, data }] })
  expect(await dnsOverHttps(server.url)(NAME, { signal })).toEqual([pieces])
  expect(server.requests[0]).toMatchObject({ path: `/?name=${NAME}&type=TXT` })
  expect(server.requests[0]!.headers['accept']).toBe('application/dns-json')
})

test('records of other types are left out', async () => {
  const Answer = [
    { type: 5, data: 'other.example.com.' },
    { type: 16, data: 'did=did:plc:a' },
    { type: 16 },
  ]
  const server = await serve(200, { Status: 0, Answer })
  expect(await dnsOverHttps(server.url)(NAME, { signal })).toEqual([['did=did:plc:a']])
})

test.each([
  ['there is no such name', { Status: 3 }],
  ['the name has no records', { Status: 0 }],
  ['the answer is no list', { Status: 0, Answer: {} }],
])('there are no records where %s', async (_, body) => {
  const server = await serve(200, body)
  expect(await dnsOverHttps(server.url)(NAME, { signal })).toEqual([])
})

test.each<[string, number, unknown]>([
  ['fails', 500, {}],
  ['says that DNS failed', 200, { Status: 2 }],
  ['answers with something else', 200, {}],
])('it fails where the resolver %s', async (_, status, body) => {
  const server = await serve(status, body)
  await expect(dnsOverHttps(server.url)(NAME, { signal })).rejects.toThrow(IdentityError)
})

test('a resolver goes by it', async () => {
  const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
  const server = await serve(200, { Status: 0, Answer: [{ type: 16, data: `"did=${did}"` }] })
  const resolver = new IdentityResolver({
    dns: dnsOverHttps(server.url),
    fetch: async () => new Response('', { status: 404 }),
  })
  expect(await resolver.resolveHandle('alice.example.com')).toBe(did)
})
