import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import { officialMethods, schemas } from '../../test/reference-api.ts'
import { ATProto } from '../index.ts'
import { Bluesky, CHAT_SERVICE } from './index.ts'

const session = {
  did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  handle: 'alice.example.com',
  accessJwt: 'access',
  refreshJwt: 'refresh',
} as const

const echo = async () => Loopback.start((_, response) => json(response, 200, {}))

/** The methods that an object has, as `service.name`. */
function methods(services: object): string[] {
  return Object.entries(services)
    .filter(([service]) => service !== 'chat')
    .flatMap(([service, calls]) => Object.keys(calls).map((name) => `${service}.${name}`))
    .toSorted()
}

test('every query and procedure of the documents is a method, and no other', () => {
  const bluesky = Bluesky.anonymous()
  expect(officialMethods('app.bsky').length).toBeGreaterThan(100)
  expect(methods(bluesky)).toEqual(officialMethods('app.bsky'))
  expect(methods(bluesky.chat)).toEqual(officialMethods('chat.bsky'))
})

test('a call of app.bsky goes to the PDS, which chooses where it is answered', async () => {
  await using pds = await echo()
  const atproto = ATProto.fromSession({ ...session, service: pds.url })
  const answer = await new Bluesky(atproto).actor.getProfile({ actor: 'alice.example.com' })
  expect(answer).toMatchObject({ data: {}, status: 200 })
  const [request] = pds.requests
  expect(request?.path).toBe('/xrpc/app.bsky.actor.getProfile?actor=alice.example.com')
  expect(request?.headers).toMatchObject({ authorization: 'Bearer access' })
  expect(request?.headers).not.toHaveProperty('atproto-proxy')
})

test('a call of chat.bsky asks the PDS to forward it to the chat service', async () => {
  await using pds = await echo()
  const atproto = ATProto.fromSession({ ...session, service: pds.url })
  await new Bluesky(atproto).chat.convo.getConvo({ convoId: '1' }, { proxy: undefined })
  expect(pds.requests[0]?.headers['atproto-proxy']).toBe(CHAT_SERVICE)
})

test('other services stand behind both where that is said, for all calls or for one', async () => {
  await using pds = await echo()
  const atproto = ATProto.fromSession({ ...session, service: pds.url })
  const appView = 'did:web:view.example.com#bsky_appview'
  const chat = 'did:web:chat.example.com#bsky_chat'
  const bluesky = new Bluesky(atproto, { appView, chat })
  await bluesky.feed.getTimeline()
  await bluesky.chat.convo.listConvos()
  await bluesky.chat.convo.listConvos({}, { proxy: appView })
  expect(pds.requests.map(({ headers }) => headers['atproto-proxy'])).toEqual([
    appView,
    chat,
    appView,
  ])
})

test('the options of the ATProto stay the defaults of the calls', async () => {
  await using pds = await echo()
  const atproto = ATProto.fromSession(session, {
    service: pds.url,
    headers: { 'user-agent': 'bot/1' },
    labelers: ['did:plc:ar7c4by46qjdydhdevvrndac'],
  })
  await new Bluesky(atproto).chat.convo.listConvos()
  expect(pds.requests[0]?.headers).toMatchObject({
    'user-agent': 'bot/1',
    'atproto-accept-labelers': 'did:plc:ar7c4by46qjdydhdevvrndac',
  })
})

test('without a session, calls carry no credentials', async () => {
  await using view = await echo()
  await Bluesky.anonymous({ service: view.url }).feed.getPosts({ uris: [] })
  expect(view.requests[0]?.headers).not.toHaveProperty('authorization')
})

test('every record of the documents is one that a collection knows', async () => {
  const generated = await readFile(new URL('../../lexicons/records.ts', import.meta.url), 'utf8')
  const known = [...generated.matchAll(/^ {2}'([\w.]+)': \{/gm)].map(([, nsid]) => nsid)
  const records = schemas.filter(({ defs }) => defs.main?.type === 'record').map(({ id }) => id)
  expect(new Set(known)).toEqual(new Set(records))
})
