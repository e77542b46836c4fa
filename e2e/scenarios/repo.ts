// com.atproto.repo: records and blobs.
import { expect } from 'vitest'
import { post, type Scenarios } from './scenario.ts'

const collection = 'app.bsky.feed.post'

export const repo: Scenarios<'repo'> = {
  async applyWrites({ enter }) {
    const { atproto } = await enter()
    const { data } = await atproto.repo.applyWrites({
      writes: ['first', 'second'].map((rkey) => ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection: 'com.example.note',
        rkey,
        value: { text: rkey },
      })),
    })
    expect(data.results?.map((result) => result.$type)).toEqual([
      'com.atproto.repo.applyWrites#createResult',
      'com.atproto.repo.applyWrites#createResult',
    ])
  },

  async createRecord({ enter }) {
    const { account, atproto } = await enter()
    const { data } = await atproto.repo.createRecord({ collection, record: post('Hello') })
    expect(data.uri).toMatch(new RegExp(`^at://${account.did}/${collection}/[2-7a-z]{13}$`))
    expect(data.validationStatus).toBe('valid')
  },

  async deleteRecord({ enter }) {
    const { atproto } = await enter()
    const { uri } = (await atproto.repo.createRecord({ collection, record: post('Oops') })).data
    const { data } = await atproto.repo.deleteRecord({ uri })
    expect(data.commit?.rev).toBeTruthy()
    await expect(atproto.repo.getRecord({ uri })).rejects.toMatchObject({ error: 'RecordNotFound' })
  },

  async describeRepo({ enter, visitor }) {
    const { account, atproto } = await enter()
    await atproto.repo.createRecord({ collection, record: post('Hello') })
    const { did, handle } = account
    const { data } = await visitor.repo.describeRepo({ repo: handle })
    expect(data).toMatchObject({ did, handle, handleIsCorrect: true, collections: [collection] })
  },

  async getRecord({ enter, visitor }) {
    const { atproto } = await enter()
    const record = post('Read me')
    const { uri, cid } = (await atproto.repo.createRecord({ collection, record })).data
    expect((await visitor.repo.getRecord({ uri })).data).toEqual({ uri, cid, value: record })
  },

  async importRepo({ enter }) {
    const { account, atproto } = await enter()
    const { uri } = (await atproto.repo.createRecord({ collection, record: post('Kept') })).data
    const backup = await atproto.sync.getRepo({ did: account.did })
    const car = await new Response(backup.data).blob()
    await atproto.repo.deleteRecord({ uri })
    await atproto.repo.importRepo(car)
    expect((await atproto.repo.getRecord({ uri })).data.value).toMatchObject({ text: 'Kept' })
  },

  async listMissingBlobs({ enter }) {
    const { atproto } = await enter()
    expect((await atproto.repo.listMissingBlobs()).data.blobs).toEqual([])
  },

  async listRecords({ enter, visitor }) {
    const { account, atproto } = await enter()
    for (const text of ['one', 'two', 'three']) {
      await atproto.repo.createRecord({ collection, record: post(text) })
    }
    const { data } = await visitor.repo.listRecords({ repo: account.did, collection, limit: 2 })
    expect(data.records.map((found) => found.value)).toMatchObject([
      { text: 'three' },
      { text: 'two' },
    ])
    expect(data.cursor).toBeTruthy()
  },

  async putRecord({ enter }) {
    const { atproto } = await enter()
    const profile = { collection: 'app.bsky.actor.profile', rkey: 'self' } as const
    await atproto.repo.putRecord({ ...profile, record: { displayName: 'Alice' } })
    await atproto.repo.putRecord({ ...profile, record: { displayName: 'Alice B.' } })
    const { data } = await atproto.repo.getRecord(profile)
    expect(data.value).toEqual({ $type: profile.collection, displayName: 'Alice B.' })
  },

  async uploadBlob({ enter, visitor }) {
    const { account, atproto } = await enter()
    const bytes = crypto.getRandomValues(new Uint8Array(10_000))
    const { blob } = (await atproto.repo.uploadBlob(new Blob([bytes], { type: 'image/png' }))).data
    expect(blob).toMatchObject({ $type: 'blob', mimeType: 'image/png', size: 10_000 })
    const profile = { collection: 'app.bsky.actor.profile', rkey: 'self' } as const
    await atproto.repo.putRecord({ ...profile, record: { avatar: blob } })
    const { data } = await visitor.sync.getBlob({ did: account.did, cid: blob.ref.$link })
    expect(new Uint8Array(await new Response(data).arrayBuffer())).toEqual(bytes)
  },
}
