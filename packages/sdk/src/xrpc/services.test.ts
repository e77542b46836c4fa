import { expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import { createServices, proxied, XrpcClient } from './index.ts'

type Call = (input?: object, options?: object) => Promise<{ data: unknown; status: number }>
type Services = Record<string, Record<string, Call>>

const tables = { note: 'getNote !write> !attach<image/png', tag: 'list' }

test('every method of a table is a function that calls it', async () => {
  await using server = await Loopback.start((_, response) => json(response, 200, { ok: true }))
  const services = createServices(new XrpcClient(server.url), 'com.example', tables) as Services
  expect(Object.keys(services)).toEqual(['note', 'tag'])
  expect(Object.keys(services['note'] ?? {})).toEqual(['getNote', 'write', 'attach'])

  const answer = await services['note']?.['getNote']?.({ id: 1 }, { headers: { 'x-test': 'a' } })
  expect(answer).toMatchObject({ data: { ok: true }, status: 200 })
  await services['note']?.['write']?.({ text: 'Hi' })
  expect(server.requests.map(({ method, path }) => [method, path])).toEqual([
    ['GET', '/xrpc/com.example.note.getNote?id=1'],
    ['POST', '/xrpc/com.example.note.write'],
  ])
  expect(server.requests[0]?.headers).toMatchObject({ 'x-test': 'a' })
  expect(String(server.requests[1]?.body)).toBe('{"text":"Hi"}')
})

test('calls of a proxied client name their service, or the one that a call names', async () => {
  await using server = await Loopback.start((_, response) => json(response, 200, {}))
  const client = proxied(new XrpcClient(server.url), 'did:web:example.com#notes')
  const { tag } = createServices(client, 'com.example', tables) as Services
  await tag?.['list']?.()
  await tag?.['list']?.({}, { proxy: undefined, timeout: 1_000 })
  await tag?.['list']?.({}, { proxy: 'did:web:other.example.com#notes' })
  expect(server.requests.map(({ headers }) => headers['atproto-proxy'])).toEqual([
    'did:web:example.com#notes',
    'did:web:example.com#notes',
    'did:web:other.example.com#notes',
  ])
})
