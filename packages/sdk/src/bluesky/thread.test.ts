import { describe, expect, test } from 'vitest'
import { json, Loopback } from '../../test/loopback.ts'
import type { ReceivedRequest } from '../../test/loopback.ts'
import { lexicons } from '../../test/reference-api.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { cidForCbor } from '../data/index.ts'
import { ValidationError } from '../lexicon/index.ts'
import { NetworkError, XrpcClient } from '../xrpc/index.ts'
import { BlueskyError, createPost, createThread, replyRef, tag } from './index.ts'

const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const COLLECTION = 'app.bsky.feed.post'

interface Write {
  collection: string
  rkey: string
  value: Record<string, unknown>
}

const writesOf = (request: ReceivedRequest | undefined): Write[] =>
  JSON.parse(String(request?.body)).writes

const results = (writes: Write[], cid = (value: unknown): string => cidForCbor(value)) =>
  writes.map(({ collection, rkey, value }) => ({
    $type: 'com.atproto.repo.applyWrites#createResult',
    uri: `at://${did}/${collection}/${rkey}`,
    cid: cid(value),
  }))

/** A PDS that knows alice.test, and stores what it is given. */
async function startPds(): Promise<Loopback> {
  return Loopback.start((request, response) => {
    if (request.path.includes('resolveHandle')) {
      const known = request.path.endsWith('alice.test')
      return json(response, known ? 200 : 400, known ? { did } : { error: 'HandleNotFound' })
    }
    json(response, 200, { results: results(writesOf(request)) })
  })
}

const at = ({ url }: Loopback) => ({ did, client: new XrpcClient(url) }) as const

/** The writes that reached the server. */
const written = ({ requests }: Loopback): Write[] =>
  writesOf(requests.find(({ path }) => path.endsWith('applyWrites')))

describe('a thread', () => {
  test('is one write of posts, each a reply to the one before', async () => {
    await using pds = await startPds()
    const posts = await createThread(at(pds), ['One', 'Two', 'Three'], { langs: ['en'] })
    const writes = written(pds)
    expect(pds.requests).toHaveLength(1)
    expect(JSON.parse(String(pds.requests[0]?.body)).repo).toBe(did)
    expect(writes.map(({ value }) => value)).toEqual(posts.map(({ value }) => value))
    const [one, two] = posts.map(({ uri, cid }) => ({ uri, cid }))
    expect(posts.map(({ value }) => value.reply)).toEqual([
      undefined,
      { root: one, parent: one },
      { root: one, parent: two },
    ])
    expect(posts.map(({ value }) => value.langs)).toEqual([['en'], ['en'], ['en']])
    const keys = writes.map(({ rkey }) => rkey)
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)))
    const times = posts.map(({ value }) => Date.parse(value.createdAt))
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 1, 2])
  })

  test('has records that the reference takes for valid', async () => {
    await using pds = await startPds()
    await createThread(at(pds), ['@alice.test https://日本.jp/道 #tag $ABC', tag('two')], {
      threadgate: { allow: [{ $type: 'app.bsky.feed.threadgate#mentionRule' }] },
      postgate: { embeddingRules: [{ $type: 'app.bsky.feed.postgate#disableRule' }] },
    })
    const writes = written(pds)
    expect(writes).toHaveLength(5)
    for (const { collection, value } of writes) {
      expect(lexicons.validate(collection, value)).toMatchObject({ success: true })
    }
  })

  test('may answer a post: its root stays the root', async () => {
    await using pds = await startPds()
    const root = { uri: `at://${did}/${COLLECTION}/1`, cid: cidForCbor(1) } as const
    const parent = { uri: `at://${did}/${COLLECTION}/2`, cid: cidForCbor(2) } as const
    const reply = replyRef({ ...parent, value: { reply: { root, parent: root } } })
    const [first, second] = await createThread(at(pds), ['One', 'Two'], { reply })
    expect(first?.value.reply).toEqual({ root, parent })
    expect(second?.value.reply).toEqual({ root, parent: { uri: first?.uri, cid: first?.cid } })
  })

  test('has gates with the keys of its posts', async () => {
    await using pds = await startPds()
    const [first, second] = await createThread(at(pds), ['One', 'Two'], {
      threadgate: { allow: [] },
      postgate: {},
    })
    const [one, two, ...gates] = written(pds)
    expect(gates.map(({ collection, rkey, value }) => [collection, rkey, value['post']])).toEqual([
      ['app.bsky.feed.threadgate', one?.rkey, first?.uri],
      ['app.bsky.feed.postgate', one?.rkey, first?.uri],
      ['app.bsky.feed.postgate', two?.rkey, second?.uri],
    ])
    expect(gates[0]?.value['allow']).toEqual([])
  })

  test('that the server stored differently is an error that names the post', async () => {
    await using pds = await Loopback.start((request, response) =>
      json(response, 200, { results: results(writesOf(request), () => cidForCbor('other')) }),
    )
    const error = await rejectedBy(BlueskyError, async () => createThread(at(pds), ['One']))
    expect(error.code).toBe('cid-mismatch')
    expect(error.uri).toBe(`at://${did}/${COLLECTION}/${written(pds)[0]?.rkey}`)
  })

  test('whose answer was lost is not posted twice', async () => {
    await using pds = await Loopback.start((request, response) => {
      if (request.path.endsWith('applyWrites')) return void response.destroy()
      const [{ value } = { value: {} }] = written(pds)
      json(response, 200, { uri: `at://${did}/${COLLECTION}/1`, cid: cidForCbor(value), value })
    })
    const retry = { maxAttempts: 3, jitter: { min: 0, max: 0 } }
    expect(await createThread(at(pds), ['One', 'Two'], { retry })).toHaveLength(2)
    const calls = pds.requests.map(({ path }) => path.split(/[/?]/)[2])
    expect(calls).toEqual(['com.atproto.repo.applyWrites', 'com.atproto.repo.getRecord'])
  })

  test('that never arrived is an error', async () => {
    await using pds = await Loopback.start((request, response) => {
      if (request.path.endsWith('applyWrites')) return void response.destroy()
      json(response, 400, { error: 'RecordNotFound' })
    })
    await expect(createThread(at(pds), ['One'])).rejects.toBeInstanceOf(NetworkError)
  })

  test('that cannot be posted is refused before anything is sent', async () => {
    await using pds = await startPds()
    const atproto = at(pds)
    const many = Array.from({ length: 200 }, (_, index) => String(index))
    await expect(createThread(atproto, [])).rejects.toBeInstanceOf(RangeError)
    await expect(createThread(atproto, [...many, '201'])).rejects.toBeInstanceOf(RangeError)
    await expect(createThread(atproto, many, { threadgate: { allow: [] } })).rejects.toBeInstanceOf(
      RangeError,
    )
    await expect(createThread({ client: atproto.client }, ['One'])).rejects.toThrow('session')
    const post = { uri: `at://${did}/${COLLECTION}/1`, cid: cidForCbor(1) } as const
    const reply = { root: post, parent: post }
    await expect(
      createThread(atproto, ['One'], { reply, threadgate: { allow: [] } }),
    ).rejects.toBeInstanceOf(TypeError)
    expect(pds.requests).toEqual([])
    await expect(createThread(atproto, many)).resolves.toHaveLength(200)
  })

  test('with a post that is none by its lexicon is refused with the field named', async () => {
    await using pds = await startPds()
    const error = await rejectedBy(ValidationError, async () =>
      createThread(at(pds), ['One', 'a'.repeat(301)]),
    )
    expect(error.path).toEqual(['text'])
    expect(pds.requests).toEqual([])
  })
})

describe('a post', () => {
  test('has the facets of its text, its mentions resolved by the PDS', async () => {
    await using pds = await startPds()
    const { value } = await createPost(at(pds), '@alice.test @bob.test #tag')
    expect(value.facets?.map(({ features }) => features[0])).toEqual([
      { $type: 'app.bsky.richtext.facet#mention', did },
      { $type: 'app.bsky.richtext.facet#tag', tag: 'tag' },
    ])
  })

  test('keeps the facets that it is given, and none where the list is empty', async () => {
    await using pds = await startPds()
    const { text, facets } = tag('one')
    expect((await createPost(at(pds), { text, facets })).value.facets).toEqual(facets)
    expect((await createPost(at(pds), { text, facets: [] })).value).not.toHaveProperty('facets')
  })

  test('says what its draft says before what the options say', async () => {
    await using pds = await startPds()
    const createdAt = '2024-01-01T00:00:00.000Z'
    const draft = {
      text: 'Eins',
      langs: ['de'],
      createdAt,
      tags: ['art'],
      embed: undefined,
    } as const
    const { value } = await createPost(
      at(pds),
      { ...draft, langs: ['de'], tags: ['art'] },
      {
        langs: ['en'],
      },
    )
    expect(value).toEqual({
      $type: COLLECTION,
      text: 'Eins',
      langs: ['de'],
      tags: ['art'],
      createdAt,
    })
  })

  test('leaves to the options what its draft leaves undefined', async () => {
    await using pds = await startPds()
    const draft = { text: 'One', langs: undefined, createdAt: undefined }
    const { value } = await createPost(at(pds), draft, { langs: ['en'] })
    expect(value.langs).toEqual(['en'])
    expect(value.createdAt).toMatch(/^\d{4}-/)
  })

  test('finds accounts through a resolver of your own', async () => {
    await using pds = await startPds()
    const resolver = { resolveHandle: async () => 'did:web:example.com' as const }
    const { value } = await createPost(at(pds), '@alice.test', { resolver })
    expect(value.facets?.[0]?.features).toMatchObject([{ did: 'did:web:example.com' }])
    expect(pds.requests).toHaveLength(1)
  })
})

test('a reply needs the record of the post that it answers', () => {
  const post = { uri: `at://${did}/${COLLECTION}/1`, cid: cidForCbor(1) } as const
  expect(() => replyRef(post)).toThrow(TypeError)
  expect(replyRef({ ...post, record: { text: 'Root' } })).toEqual({ root: post, parent: post })
})
