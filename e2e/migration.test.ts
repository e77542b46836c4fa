// The longest walk through the protocol: an account moves to another PDS with all that it has.
import { ATProto } from 'atproto.ts'
import { expect, onTestFinished, test } from 'vitest'
import { post } from './scenarios/scenario.ts'
import { Stage } from './stage.ts'

test('an account moves to another PDS with its records, its blobs and its name', async () => {
  const stage = await Stage.open()
  onTestFinished(async () => stage.close())
  const { account, atproto: old } = await stage.enter()
  const { did, handle, email, password } = account
  const target = await stage.network.addPds({ serviceDid: 'did:web:second.test' })

  // What it has: a record, and another that holds a blob.
  const { uri } = (
    await old.collection('app.bsky.feed.post').create(post('I was written before the move'))
  ).data
  const { blob } = (await old.repo.uploadBlob(new Blob(['me'], { type: 'image/png' }))).data
  await old.collection('app.bsky.actor.profile').put({ avatar: blob }, { rkey: 'self' })

  // An account for the same DID at the new PDS, which is not in use yet.
  const lxm = 'com.atproto.server.createAccount'
  const { token } = (await old.server.getServiceAuth({ aud: target.did, lxm })).data
  const newcomer = ATProto.anonymous({ service: target.url })
  const created = await newcomer.server.createAccount(
    { did, handle, email, password },
    { headers: { authorization: `Bearer ${token}` } },
  )
  const { accessJwt, refreshJwt } = created.data
  const moved = ATProto.fromSession({ service: target.url, did, handle, accessJwt, refreshJwt })
  expect((await moved.server.checkAccountStatus()).data).toMatchObject({ activated: false })

  // The repository as one stream from there to here, then the blobs that it lacks.
  const car = await new Response((await old.sync.getRepo({ did })).data).blob()
  await moved.repo.importRepo(car)
  const missing = (await moved.repo.listMissingBlobs()).data.blobs
  expect(missing.map(({ cid }) => cid)).toEqual([blob.ref.$link])
  for (const { cid } of missing) {
    const { data, headers } = await old.sync.getBlob({ did, cid })
    const encoding = headers.get('content-type') ?? undefined
    await moved.repo.uploadBlob(await new Response(data).blob(), { encoding })
  }
  expect((await moved.repo.listMissingBlobs()).data.blobs).toEqual([])

  // The DID document points to the new PDS from here on.
  await old.identity.requestPlcOperationSignature()
  const credentials = (await moved.identity.getRecommendedDidCredentials()).data
  const code = stage.pds.mailedCode(email)
  const signed = await old.identity.signPlcOperation({ ...credentials, token: code })
  await moved.identity.submitPlcOperation(signed.data)
  await moved.server.activateAccount()
  await old.server.deactivateAccount({})

  // Who logs in from now on finds everything at the new PDS.
  const home = await ATProto.login({ service: target.url, identifier: did, password })
  expect((await home.repo.getRecord({ uri })).data.value).toMatchObject({
    text: 'I was written before the move',
  })
  expect(home.session?.didDoc).toMatchObject({ service: [{ serviceEndpoint: target.url }] })
  expect((await home.server.checkAccountStatus()).data).toMatchObject({
    activated: true,
    validDid: true,
    expectedBlobs: 1,
    importedBlobs: 1,
  })
  expect((await stage.visitor.sync.getRepoStatus({ did })).data.status).toBe('deactivated')
})
