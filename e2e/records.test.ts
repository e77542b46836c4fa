// Records and blobs of the reference PDS, as a program uses them.
import { NetworkError, paginate, splitWrites, type ATProto } from 'atproto.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Account } from './network.ts'
import { post } from './scenarios/scenario.ts'
import { Stage } from './stage.ts'

const NOTE = 'com.example.note'

let stage: Stage
let account: Account
let atproto: ATProto
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => stage.close())
beforeEach(async () => {
  ;({ account, atproto } = await stage.enter())
})

/** Writes that create as many notes, numbered from 0. */
function notes(count: number) {
  return Array.from(
    { length: count },
    (_, index) =>
      ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection: NOTE,
        rkey: `note-${String(index).padStart(4, '0')}`,
        value: { $type: NOTE, index },
      }) as const,
  )
}

async function writeNotes(count: number): Promise<void> {
  for (const writes of splitWrites(notes(count))) await atproto.repo.applyWrites({ writes })
}

test('a typed collection creates, gets, lists, replaces and deletes', async () => {
  const posts = atproto.collection('app.bsky.feed.post')
  const record = { text: 'Typed', langs: ['en'], createdAt: new Date().toISOString() }
  const { uri } = (await posts.create(record)).data
  const found = await posts.get({ uri })
  expect(found.data.value).toEqual({ $type: posts.nsid, ...record })
  expect(found.data.value.langs?.[0]).toBe('en')

  const listed = await Array.fromAsync(posts.list())
  expect(listed).toEqual([found.data])

  await posts.put({ ...record, text: 'Typed anew' }, { uri })
  expect((await posts.get({ uri })).data.value.text).toBe('Typed anew')

  await posts.delete({ uri })
  await expect(posts.get({ uri })).rejects.toMatchObject({ error: 'RecordNotFound' })
  expect(await Array.fromAsync(posts.list())).toEqual([])
})

test('a record of everything that JSON holds comes back as it was', async () => {
  const value = {
    $type: NOTE,
    text: 'naïve 😀 \u0000 "quoted"',
    integer: 9_007_199_254_740_991,
    negative: -1,
    yes: true,
    nothing: null,
    list: [1, 'two', { three: 3 }],
    empty: {},
    link: { $link: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a' },
    bytes: { $bytes: 'AAECAw' },
  }
  const { uri } = (await atproto.repo.createRecord({ collection: NOTE, record: value })).data
  expect((await atproto.repo.getRecord({ uri })).data.value).toEqual(value)
})

test('paginate goes through more records than a page holds, each once and in order', async () => {
  await writeNotes(250)
  const found: unknown[] = []
  const pages = (cursor?: string) =>
    stage.visitor.repo.listRecords({
      repo: account.did,
      collection: NOTE,
      limit: 100,
      reverse: true,
      cursor,
    })
  for await (const { value } of paginate(pages, (page) => page.records)) found.push(value['index'])
  expect(found).toEqual(Array.from({ length: 250 }, (_, index) => index))
})

test('more writes than a commit takes are refused before they are sent', async () => {
  const sent = stage.exchanges.length
  await expect(atproto.repo.applyWrites({ writes: notes(201) })).rejects.toThrow(RangeError)
  expect(stage.exchanges).toHaveLength(sent)
})

test('splitWrites makes parts that the PDS takes', async () => {
  await writeNotes(401)
  expect(stage.count('com.atproto.repo.applyWrites', 200)).toBeGreaterThanOrEqual(3)
  const all = await Array.fromAsync(atproto.collection(NOTE).list({ limit: 100 }))
  expect(all).toHaveLength(401)
})

test('a created record whose answer was lost is found again, not created twice', async () => {
  let lost = 0
  const lossy: typeof fetch = async (input, init) => {
    const response = await stage.fetch(input, init)
    if (!response.url.endsWith('createRecord') || lost > 0) return response
    lost++
    throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
  }
  const forgetful = stage.resume(account, { fetch: lossy })
  const { data } = await forgetful.repo.createRecord({
    collection: NOTE,
    record: { text: 'written once' },
  })
  expect(lost).toBe(1)
  const all = await Array.fromAsync(atproto.collection(NOTE).list())
  expect(all).toMatchObject([{ uri: data.uri, cid: data.cid }])
})

test('a deletion whose answer was lost says that nobody knows whether it happened', async () => {
  const { uri } = (await atproto.repo.createRecord({ collection: NOTE, record: {} })).data
  const lossy: typeof fetch = async (input, init) => {
    await stage.fetch(input, init)
    throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
  }
  const deletion = stage.resume(account, { fetch: lossy }).repo.deleteRecord({ uri })
  await expect(deletion).rejects.toBeInstanceOf(NetworkError)
  await expect(deletion).rejects.toMatchObject({ carriedOut: 'unknown' })
})

test('a write that expects another commit is refused with InvalidSwap', async () => {
  const { data } = await atproto.repo.createRecord({ collection: NOTE, record: {} })
  await atproto.repo.createRecord({ collection: NOTE, record: {} })
  const swapCommit = data.commit?.cid
  await expect(
    atproto.repo.createRecord({ collection: NOTE, record: {}, swapCommit }),
  ).rejects.toMatchObject({ error: 'InvalidSwap' })
})

test('a blob is listed while a record refers to it', async () => {
  const { blob } = (await atproto.repo.uploadBlob(new Blob(['x'], { type: 'image/png' }))).data
  const blobs = async () => (await atproto.sync.listBlobs({ did: account.did })).data.cids
  expect(await blobs()).toEqual([])
  const images = [{ image: blob, alt: 'an x' }]
  const { uri } = (
    await atproto.collection('app.bsky.feed.post').create({
      ...post('With a picture'),
      embed: { $type: 'app.bsky.embed.images', images },
    })
  ).data
  expect(await blobs()).toEqual([blob.ref.$link])
  await atproto.repo.deleteRecord({ uri })
  await stage.pds.settle()
  expect(await blobs()).toEqual([])
})
