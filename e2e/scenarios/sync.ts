// com.atproto.sync: repositories as CARs, and the state of each. The reference implementation reads
// the CARs, and checks every hash in them.
import { expect } from 'vitest'
import { readReferenceCar } from '../reference-car.ts'
import type { Actor, Stage } from '../stage.ts'
import { post, type Scenarios } from './scenario.ts'

const collection = 'app.bsky.feed.post'

/** An account with a post. */
async function enterAndPost({ enter }: Stage): Promise<Actor & { uri: string; cid: string }> {
  const actor = await enter()
  const { data } = await actor.atproto.repo.createRecord({ collection, record: post('Synced') })
  return { ...actor, uri: data.uri, cid: data.cid }
}

async function readCar(stream: ReadableStream<Uint8Array>) {
  return readReferenceCar(new Uint8Array(await new Response(stream).arrayBuffer()))
}

/** Uploads a blob and a record that holds it. */
async function keepBlob({ atproto }: Actor) {
  const bytes = new TextEncoder().encode('a picture, or so')
  const { blob } = (await atproto.repo.uploadBlob(bytes, { encoding: 'image/jpeg' })).data
  await atproto.repo.putRecord({
    collection: 'app.bsky.actor.profile',
    rkey: 'self',
    record: { banner: blob },
  })
  return { bytes, cid: blob.ref.$link }
}

export const sync: Scenarios<'sync'> = {
  async getBlob({ enter, visitor }) {
    const actor = await enter()
    const { bytes, cid } = await keepBlob(actor)
    const { data, headers } = await visitor.sync.getBlob({ did: actor.account.did, cid })
    expect(headers.get('content-type')).toBe('image/jpeg')
    expect(new Uint8Array(await new Response(data).arrayBuffer())).toEqual(bytes)
  },

  async getBlocks(stage) {
    const { account, cid } = await enterAndPost(stage)
    const { data } = await stage.visitor.sync.getBlocks({ did: account.did, cids: [cid] })
    expect((await readCar(data)).cids).toEqual([cid])
  },

  async getCheckout(stage) {
    const { account, cid } = await enterAndPost(stage)
    const { data } = await stage.visitor.sync.getCheckout({ did: account.did })
    expect((await readCar(data)).cids).toContain(cid)
  },

  async getHead(stage) {
    const { did } = (await enterAndPost(stage)).account
    const { data } = await stage.visitor.sync.getHead({ did })
    expect(data.root).toBe((await stage.visitor.sync.getLatestCommit({ did })).data.cid)
  },

  async getLatestCommit(stage) {
    const { account, atproto } = await enterAndPost(stage)
    const { data } = await atproto.repo.createRecord({ collection, record: post('The last') })
    const latest = await stage.visitor.sync.getLatestCommit({ did: account.did })
    expect(latest.data).toEqual(data.commit)
  },

  async getRecord(stage) {
    const { account, uri, cid } = await enterAndPost(stage)
    const { did } = account
    const rkey = uri.split('/').at(-1) ?? ''
    const { data } = await stage.visitor.sync.getRecord({ did, collection, rkey })
    const { roots, cids } = await readCar(data)
    expect(roots).toEqual([(await stage.visitor.sync.getLatestCommit({ did })).data.cid])
    expect(cids).toContain(cid)
  },

  async getRepo(stage) {
    const { account, cid } = await enterAndPost(stage)
    const { did } = account
    const { data } = await stage.visitor.sync.getRepo({ did })
    const { roots, cids } = await readCar(data)
    expect(roots).toEqual([(await stage.visitor.sync.getLatestCommit({ did })).data.cid])
    expect(cids).toContain(cid)
  },

  async getRepoStatus({ enter, visitor }) {
    const { did } = (await enter()).account
    const { data } = await visitor.sync.getRepoStatus({ did })
    expect(data).toMatchObject({ did, active: true })
  },

  async listBlobs({ enter, visitor }) {
    const actor = await enter()
    const { cid } = await keepBlob(actor)
    const { data } = await visitor.sync.listBlobs({ did: actor.account.did })
    expect(data.cids).toEqual([cid])
  },

  async listRepos({ enter, visitor }) {
    const { did } = (await enter()).account
    const { data } = await visitor.sync.listRepos({ limit: 1000 })
    expect(data.repos).toContainEqual(expect.objectContaining({ did, active: true }))
  },
}
