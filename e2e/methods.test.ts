// Every com.atproto method of the official lexicons against the reference PDS, by the table.
import type { ATProto } from 'atproto.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { methods, type Method } from './methods.ts'
import { loadOfficialMethods } from './official-methods.ts'
import { admin } from './scenarios/admin.ts'
import { identity } from './scenarios/identity.ts'
import { moderation } from './scenarios/moderation.ts'
import { repo } from './scenarios/repo.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { server } from './scenarios/server.ts'
import { sync } from './scenarios/sync.ts'
import { temp } from './scenarios/temp.ts'
import { Stage } from './stage.ts'

const services: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  admin,
  identity,
  moderation,
  repo,
  server,
  sync,
  temp,
}
const scenarios = new Map<string, Scenario>(
  Object.entries(services).flatMap(([service, byName]) =>
    Object.entries(byName).map(([name, run]) => [`com.atproto.${service}.${name}`, run] as const),
  ),
)
const table: [string, Method][] = Object.entries(methods)
const official = await loadOfficialMethods()

test('the table names every query and procedure of the lexicons, and no other', () => {
  const calls = official.filter(({ kind }) => kind !== 'subscription')
  expect(table.flatMap(([nsid, { coverage }]) => (coverage === 'stream' ? [] : nsid))).toEqual(
    calls.map(({ nsid }) => nsid).toSorted(),
  )
})

test('the table names every subscription of the lexicons as a stream', () => {
  const streams = official.filter(({ kind }) => kind === 'subscription')
  expect(table.flatMap(([nsid, { coverage }]) => (coverage === 'stream' ? nsid : []))).toEqual(
    streams.map(({ nsid }) => nsid).toSorted(),
  )
})

test('every method that the table calls tried has a scenario, and no other', () => {
  const tried = table.flatMap(([nsid, { coverage }]) => (coverage === 'tried' ? nsid : []))
  expect([...scenarios.keys()].toSorted()).toEqual(tried)
})

describe('against the reference PDS', () => {
  let stage: Stage
  let someone: ATProto
  beforeAll(async () => {
    stage = await Stage.open()
    someone = (await stage.enter()).atproto
  })
  afterAll(async () => stage.close())

  const tried = table.filter(([, { coverage }]) => coverage === 'tried')
  test.each(tried)('%s does what it says', async (nsid, { auth }) => {
    const before = stage.exchanges.length
    await scenarios.get(nsid)?.(stage)
    expect(stage.exchanges.slice(before)).toContainEqual({ nsid, auth, status: 200 })
  })

  const guarded = tried.filter(([, { auth }]) => auth !== 'none')
  test.each(guarded)('%s is refused without authorization', async (nsid) => {
    const method = official.find((one) => one.nsid === nsid)?.kind === 'query' ? 'GET' : 'POST'
    const { did } = someone
    // Some queries look at these before they ask who is calling.
    const params = new URLSearchParams({ did: `${did}`, dids: `${did}`, aud: `${did}` })
    const response = await fetch(`${stage.pds.url}/xrpc/${nsid}?${params}`, { method })
    expect(response.status).toBe(401)
  })

  const unserved = table.filter(([, { coverage }]) => typeof coverage === 'object')
  test.each(unserved)('%s is not served: it is passed on, to an AppView', async (nsid) => {
    await expect(callByName(someone, nsid)).rejects.toMatchObject({
      status: 502,
      error: 'UpstreamFailure',
      nsid,
    })
  })
})

/** Calls a method of the facade with an empty input. A PDS that serves it says what it lacks. */
async function callByName(atproto: ATProto, nsid: string): Promise<unknown> {
  const [service, name] = nsid.split('.').slice(2) as [keyof ATProto, string]
  const calls = atproto[service] as unknown as Record<string, (input: object) => Promise<unknown>>
  return calls[name]?.({})
}
