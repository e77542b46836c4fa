// Posts, threads and images of Bluesky, written to the reference PDS and read back; and what it passes
// on to Bluesky's other services.
import { createRequire } from 'node:module'
import type { ATProto } from 'atproto.ts'
import {
  Bluesky,
  createPost,
  createThread,
  facetIssues,
  graphemeLength,
  MAX_POST_GRAPHEMES,
  replyRef,
  segments,
  splitRichText,
  uploadBlob,
  uploadImage,
} from 'atproto.ts/bluesky'
import { Ozone } from 'atproto.ts/ozone'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from './network.ts'
import { openService } from './service.ts'
import { Stage } from './stage.ts'

interface ReferenceApi {
  jsonToLex: (value: unknown) => unknown
  lexicons: { validate(uri: string, value: unknown): { success: boolean; error?: Error } }
}

// The root's, not the older one that the reference PDS brings along in this folder.
const { resolve } = createRequire(new URL('../package.json', import.meta.url))
const { jsonToLex, lexicons } = (await import(resolve('@atproto/api'))) as ReferenceApi

/** What the reference says of a record. */
const judge = (collection: string, record: unknown) =>
  lexicons.validate(collection, jsonToLex(record))

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let stage: Stage
let account: Account
let atproto: ATProto
beforeAll(async () => {
  stage = await Stage.open()
  ;({ account, atproto } = await stage.enter())
})
afterAll(async () => stage.close())

test('a thread is read back as it was written, its CIDs those that were computed', async () => {
  const { account: friend } = await stage.enter()
  const essay = `Hello @${friend.handle}, see https://example.com/日本 #tag 😀 $ABC. `.repeat(12)
  const drafts = splitRichText({ text: essay }, { numbering: (part, total) => ` ${part}/${total}` })
  expect(drafts.length).toBeGreaterThan(2)
  const texts = drafts.map(({ text }) => text)
  const posts = await createThread(atproto, texts, {
    langs: ['en', 'ja'],
    threadgate: { allow: [{ $type: 'app.bsky.feed.threadgate#mentionRule' }] },
    postgate: { embeddingRules: [{ $type: 'app.bsky.feed.postgate#disableRule' }] },
  })

  const listed = await Array.fromAsync(
    atproto.collection('app.bsky.feed.post').list({ reverse: true }),
  )
  expect(listed).toEqual(posts)
  for (const [at, { value }] of listed.entries()) {
    expect(judge('app.bsky.feed.post', value)).toMatchObject({ success: true })
    expect(graphemeLength(value.text)).toBeLessThanOrEqual(MAX_POST_GRAPHEMES)
    expect(facetIssues(value)).toEqual([])
    expect(value.reply?.parent.cid).toBe(posts[at - 1]?.cid)
    expect(value.reply?.root.cid).toBe(at > 0 ? posts[0]?.cid : undefined)
  }
  const [first] = listed
  expect(segments(first!.value).slice(1, 4)).toMatchObject([
    { text: `@${friend.handle}`, mention: friend.did },
    { text: ', see ' },
    { text: 'https://example.com/日本', link: 'https://example.com/%E6%97%A5%E6%9C%AC' },
  ])

  const gates = await Promise.all(
    (['app.bsky.feed.threadgate', 'app.bsky.feed.postgate'] as const).map(async (collection) => {
      const found = await Array.fromAsync(atproto.collection(collection).list())
      for (const { value } of found) {
        expect(judge(collection, value)).toMatchObject({ success: true })
      }
      return found.length
    }),
  )
  expect(gates).toEqual([1, posts.length])
})

test('a thread of as many records as a commit takes is one commit', async () => {
  const before = stage.count('com.atproto.repo.applyWrites', 200)
  const posts = await createThread(
    atproto,
    Array.from({ length: 200 }, (_, index) => `Post ${index}`),
  )
  expect(posts).toHaveLength(200)
  expect(stage.count('com.atproto.repo.applyWrites', 200)).toBe(before + 1)
})

test('a thread whose answer was lost is found again, not posted twice', async () => {
  const { account: author } = await stage.enter()
  let lost = 0
  const lossy: typeof fetch = async (input, init) => {
    const response = await stage.fetch(input, init)
    if (!response.url.endsWith('applyWrites') || lost > 0) return response
    lost++
    throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
  }
  const forgetful = stage.resume(author, { fetch: lossy })
  const posts = await createThread(forgetful, ['One', 'Two'])
  expect(lost).toBe(1)
  const listed = await Array.fromAsync(
    stage.visitor.collection('app.bsky.feed.post').list({ repo: author.did, reverse: true }),
  )
  expect(listed).toEqual(posts)
})

test('a reply names its root, whoever wrote that', async () => {
  const { account: reader, atproto: other } = await stage.enter()
  const root = await createPost(atproto, 'A question')
  const answer = await createPost(other, `Yes, @${account.handle}`, { reply: replyRef(root) })
  const thanks = await createPost(atproto, `Thanks @${reader.handle}`, { reply: replyRef(answer) })
  const { uri, cid } = root
  expect(thanks.value.reply).toEqual({
    root: { uri, cid },
    parent: { uri: answer.uri, cid: answer.cid },
  })
})

test('an image is stored with the post that shows it, and read back byte by byte', async () => {
  const loaded: number[] = []
  const image = await uploadImage(atproto, pixel, {
    alt: 'One pixel',
    onProgress: (progress) => loaded.push(progress.loaded),
  })
  expect(loaded).toEqual([0, pixel.length, pixel.length])
  expect(image.aspectRatio).toEqual({ width: 1, height: 1 })
  const { uri, value } = await createPost(atproto, {
    text: 'Look',
    embed: { $type: 'app.bsky.embed.images', images: [image] },
  })
  expect(judge('app.bsky.feed.post', value)).toMatchObject({ success: true })
  expect((await atproto.repo.getRecord({ uri })).data.value).toEqual(value)

  const cid = image.image.ref.$link
  const { data } = await stage.visitor.sync.getBlob({ did: account.did, cid })
  expect(Buffer.from(await new Response(data).arrayBuffer())).toEqual(pixel)
})

test('a session that has expired is refreshed before a file is streamed', async () => {
  const expired = stage.resume({ ...account, accessJwt: stage.pds.expire(account.accessJwt) })
  const blob = await uploadBlob(expired, new Blob([pixel]), { onProgress: () => {} })
  expect(blob).toMatchObject({ mimeType: 'image/png', size: pixel.length })
})

test('what the PDS answers itself of app.bsky is written and read', async () => {
  const { actor } = new Bluesky(atproto)
  const preferences = [{ $type: 'app.bsky.actor.defs#adultContentPref' as const, enabled: false }]
  await actor.putPreferences({ preferences })
  expect((await actor.getPreferences()).data.preferences).toEqual(preferences)
})

test('calls of chat.bsky and tools.ozone reach the services that they are for', async () => {
  const service = await openService(() => ({ convos: [], options: [] }))
  const chat = `${service.did}#atproto_labeler` as const
  try {
    const bluesky = new Bluesky(atproto, { chat })
    await bluesky.chat.convo.listConvos({ limit: 10 }).catch(() => {})
    await new Ozone(atproto, { labeler: service.did }).setting.listOptions().catch(() => {})
    expect(service.requests.map(({ nsid, issuer }) => [nsid, issuer])).toEqual([
      ['chat.bsky.convo.listConvos', account.did],
      ['tools.ozone.setting.listOptions', account.did],
    ])
  } finally {
    await service.close()
  }
})
