// Identities on the reference PLC directory, their handles at the reference PDSes that serve them.
import { ATProto } from 'atproto.ts'
import { generateKeypair } from 'atproto.ts/crypto'
import { IdentityResolver, PdsFinder } from 'atproto.ts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReferencePds } from './network.ts'
import { post } from './scenarios/scenario.ts'
import { Stage } from './stage.ts'

let stage: Stage
let second: ReferencePds
beforeAll(async () => {
  stage = await Stage.open()
  second = await stage.network.addPds({ serviceDid: 'did:web:second.test' })
})
afterAll(async () => stage.close())

/** Hosts under `.test` are served by whichever PDS knows the account, as behind a proxy of both. */
const fetchFromHost: typeof fetch = async (input, init) => {
  const url = new URL(new Request(input).url)
  if (!url.hostname.endsWith('.test')) return fetch(url, init)
  const ask = (pds: ReferencePds) =>
    fetch(pds.url + url.pathname, { ...init, headers: { 'x-forwarded-host': url.hostname } })
  const response = await ask(stage.pds)
  return response.ok ? response : ask(second)
}

const openResolver = () =>
  new IdentityResolver({
    plcUrl: stage.network.plcUrl,
    fetch: fetchFromHost,
    dns: async () => [],
    allowLoopback: true,
  })

test('a handle and its DID lead to the same account, PDS and key', async () => {
  const { account, atproto } = await stage.enter()
  const { verificationMethods } = (await atproto.identity.getRecommendedDidCredentials()).data
  const resolver = openResolver()
  const expected = {
    did: account.did,
    handle: account.handle,
    pds: stage.pds.url,
    signingKey: (verificationMethods as { atproto: string }).atproto,
  }
  expect(await resolver.resolve(account.handle)).toMatchObject(expected)
  expect(await resolver.resolve(account.did)).toMatchObject(expected)
  const { steps, identity } = await openResolver().explain(account.handle)
  expect(identity).toMatchObject(expected)
  expect(steps.map(({ step }) => step).toSorted()).toEqual([
    'agreement',
    'dns',
    'document',
    'well-known',
  ])
})

test('a change of handle is seen once the account is invalidated', async () => {
  const { account, atproto } = await stage.enter()
  const resolver = openResolver()
  await resolver.resolve(account.handle)
  const handle = `moved-${account.handle}` as const
  await atproto.identity.updateHandle({ handle })
  expect((await resolver.resolve(account.did)).handle).toBe(account.handle)
  await resolver.invalidate(account.did)
  expect((await resolver.resolve(account.did)).handle).toBe(handle)
  expect((await resolver.resolve(handle)).did).toBe(account.did)
  await expect(resolver.resolve(account.handle)).rejects.toMatchObject({ code: 'handle-not-found' })
})

test('a rotation of the signing key is seen when it is asked for anew', async () => {
  const { account, atproto } = await stage.enter()
  const resolver = openResolver()
  const { signingKey } = await resolver.resolve(account.did)
  const { did: newKey } = await generateKeypair('p256')
  await atproto.identity.requestPlcOperationSignature()
  const token = stage.pds.mailedCode(account.email)
  const verificationMethods = { atproto: newKey }
  const { operation } = (await atproto.identity.signPlcOperation({ token, verificationMethods }))
    .data
  const submitted = await fetch(`${stage.network.plcUrl}/${account.did}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  })
  expect(submitted.status).toBe(200)
  expect(await resolver.resolveKey(account.did)).toBe(signingKey)
  expect(await resolver.resolveKey(account.did, 'atproto', true)).toBe(newKey)
  expect((await resolver.resolve(account.did)).signingKey).toBe(newKey)
})

test('a login by handle reaches the one of two PDSes that has the account', async () => {
  const identity = new PdsFinder(openResolver())
  for (const pds of [stage.pds, second]) {
    const { did, handle, password } = await pds.createAccount(`at${new URL(pds.url).port}`)
    const atproto = await ATProto.login({ identifier: handle, password, identity })
    expect(atproto.session).toMatchObject({ did, service: pds.url })
    await atproto.collection('app.bsky.feed.post').create(post(`Hello from ${pds.url}`))

    const posts = ATProto.anonymous({ service: 'auto', identity }).collection('app.bsky.feed.post')
    const texts = []
    for await (const { value } of posts.list({ repo: handle })) texts.push(value.text)
    expect(texts).toEqual([`Hello from ${pds.url}`])
  }
})

test('an account of nobody is not found', async () => {
  const resolver = openResolver()
  await expect(resolver.resolve('nobody.test')).rejects.toMatchObject({ code: 'handle-not-found' })
  await expect(resolver.resolve('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa')).rejects.toMatchObject({
    code: 'did-not-found',
  })
})
