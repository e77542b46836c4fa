// Identities on the reference PLC directory, their handles at the reference PDSes that serve them.
import { ATProto } from 'atproto.ts'
import { generateKeypair } from 'atproto.ts/crypto'
import type { Signer } from 'atproto.ts/crypto'
import {
  IdentityResolver,
  PdsFinder,
  PlcDirectory,
  plcDid,
  plcOperationCid,
  signPlcOperation,
  verifyPlcLog,
} from 'atproto.ts/identity'
import type { PlcOperation } from 'atproto.ts/identity'
import { parseDid } from 'atproto.ts/syntax'
import { createServiceAuth, MemoryReplayStore, verifyServiceAuth } from 'atproto.ts/xrpc'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, ReferencePds } from './network.ts'
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

const openDirectory = () => new PlcDirectory({ url: stage.network.plcUrl })

/** Has the PDS sign another key for the account, which the directory takes whosesoever key it is. */
async function rotateKey(account: Account, key: string): Promise<void> {
  const { identity } = stage.resume(account)
  await identity.requestPlcOperationSignature()
  const token = stage.pds.mailedCode(account.email)
  const verificationMethods = { atproto: key }
  const { operation } = (await identity.signPlcOperation({ token, verificationMethods })).data
  await openDirectory().submit(account.did, operation as unknown as PlcOperation)
}

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
  const { account } = await stage.enter()
  const resolver = openResolver()
  const { signingKey } = await resolver.resolve(account.did)
  const { did: newKey } = await generateKeypair('p256')
  await rotateKey(account, newKey)
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

test('the PDS vouches for its account with a token that a service verifies', async () => {
  const { account, atproto } = await stage.enter()
  const aud = 'did:web:service.example.com#example'
  const lxm = 'com.atproto.repo.getRecord'
  const { token } = (await atproto.server.getServiceAuth({ aud, lxm })).data
  const options = {
    audience: aud,
    lxm,
    keys: openResolver(),
    replays: new MemoryReplayStore(),
  } as const
  expect(await verifyServiceAuth(token, options)).toMatchObject({ iss: account.did, aud, lxm })
  await expect(verifyServiceAuth(token, options)).rejects.toMatchObject({ code: 'replayed' })
})

test.each(['p256', 'k256'] as const)(
  'a PDS takes a token by a key of the account on %s',
  async (curve) => {
    const { account } = await stage.enter()
    const keypair = await generateKeypair(curve)
    await rotateKey(account, keypair.did)
    const { did: iss, handle, email, password } = account
    const lxm = 'com.atproto.server.createAccount'
    const token = await createServiceAuth({ iss, aud: parseDid(second.did), lxm, keypair })
    const created = await ATProto.anonymous({ service: second.url }).server.createAccount(
      { did: iss, handle, email, password },
      { headers: { authorization: `Bearer ${token}` } },
    )
    expect(created.data.did).toBe(iss)
  },
)

test('the audit log of an account is verified from its first operation to its last', async () => {
  const { account, atproto } = await stage.enter()
  const directory = openDirectory()
  const { did, handle } = account
  expect((await directory.verify(did)).data).toMatchObject({ alsoKnownAs: [`at://${handle}`] })
  await atproto.identity.updateHandle({ handle: `plc-${handle}` })
  const { data, head } = await directory.verify(did)
  expect(data).toMatchObject({
    alsoKnownAs: [`at://plc-${handle}`],
    services: { atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: stage.pds.url } },
  })
  const log = await directory.log(did)
  expect(log).toHaveLength(2)
  expect(head).toEqual(log[1])

  const [genesis] = log
  await expect(verifyPlcLog(did, log.slice(1))).rejects.toMatchObject({ code: 'wrong-genesis' })
  const forged = { ...genesis!, operation: { ...genesis!.operation, sig: log[1]!.operation.sig } }
  await expect(verifyPlcLog(did, [forged])).rejects.toMatchObject({ code: 'wrong-cid' })
})

test('the directory takes operations of ours: created, changed, undone by a stronger key, ended', async () => {
  const directory = openDirectory()
  const [strong, weak] = [await generateKeypair('p256'), await generateKeypair('k256')]
  const data = {
    rotationKeys: [strong.did, weak.did],
    verificationMethods: { atproto: weak.did },
    alsoKnownAs: ['at://ours.test'],
    services: { atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: stage.pds.url } },
  }
  const genesis = await signPlcOperation({ type: 'plc_operation', prev: null, ...data }, weak)
  const did = plcDid(genesis)
  await directory.submit(did, genesis)
  expect(await directory.verify(did)).toMatchObject({ data })
  expect(await openResolver().resolve(did)).toMatchObject({
    handle: 'handle.invalid',
    pds: stage.pds.url,
    signingKey: weak.did,
  })

  const follow = async (name: string, signer: Signer) =>
    signPlcOperation(
      {
        type: 'plc_operation',
        ...data,
        prev: plcOperationCid(genesis),
        alsoKnownAs: [`at://${name}.test`],
      },
      signer,
    )
  await directory.submit(did, await follow('stolen', weak))
  await expect(directory.submit(did, await follow('again', weak))).rejects.toMatchObject({
    code: 'operation-rejected',
  })
  await directory.submit(did, await follow('mine', strong))
  const { data: recovered, head } = await directory.verify(did)
  expect(recovered?.alsoKnownAs).toEqual(['at://mine.test'])
  expect((await directory.log(did)).map(({ nullified }) => nullified)).toEqual([false, true, false])

  await directory.submit(
    did,
    await signPlcOperation({ type: 'plc_tombstone', prev: head.cid }, weak),
  )
  expect((await directory.verify(did)).data).toBeUndefined()
  await expect(openResolver().resolve(did)).rejects.toMatchObject({
    // Directories differ in whether they tell an end from what never was.
    code: expect.stringMatching(/^did-(?:deactivated|not-found)$/) as unknown,
  })
})

test('an account of nobody is not found', async () => {
  const resolver = openResolver()
  await expect(resolver.resolve('nobody.test')).rejects.toMatchObject({ code: 'handle-not-found' })
  await expect(resolver.resolve('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa')).rejects.toMatchObject({
    code: 'did-not-found',
  })
})
