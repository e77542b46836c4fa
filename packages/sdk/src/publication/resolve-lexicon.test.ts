import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { deadUrl, json } from '../../test/loopback.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { TestRepo } from '../../test/repo/repository.ts'
import { lexicon, Publishers, write } from '../../test/publication/publishers.ts'
import type { Publisher } from '../../test/publication/publishers.ts'
import { PublicationError, resolveLexicon } from './index.ts'
import type { PublicationErrorCode, PublishedLexicon } from './index.ts'

const ID = 'com.example.thing'
const GET = 'com.atproto.sync.getRecord'

/** Resolves a lexicon, with a resolver that knows nothing yet. */
async function resolve(world: Publishers, nsid: string = ID): Promise<PublishedLexicon> {
  return resolveLexicon(nsid, { identity: world.identity(), timeout: 5_000 })
}

describe('a published lexicon', () => {
  it('is found by the group of its NSID, and proven', async () => {
    await using world = await Publishers.open()
    const record = lexicon(ID)
    const { did } = await world.publish(['com.example'], { [ID]: record })
    expect(await resolve(world)).toEqual({
      nsid: ID,
      uri: `at://${did}/com.atproto.lexicon.schema/${ID}`,
      cid: expect.stringMatching(/^bafyrei/) as unknown,
      document: record,
    })
    expect(world.names).toEqual(['_lexicon.example.com'])
  })

  it('is found where the authority is named twice, among other records', async () => {
    await using world = await Publishers.open()
    const { did } = await world.publish([], { [ID]: lexicon(ID) })
    world.txt.set('_lexicon.example.com', ['v=spf1 -all', `did=${did}`, `did=${did}`])
    expect((await resolve(world)).nsid).toBe(ID)
  })

  it('is asked for by the fetch that is given, where one is', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], { [ID]: lexicon(ID) })
    const asked: unknown[] = []
    const send: typeof fetch = async (input, init) => {
      asked.push([new URL(new Request(input).url).pathname, init?.redirect])
      return fetch(input, init)
    }
    await resolveLexicon(ID, { identity: world.identity(), fetch: send })
    expect(asked).toEqual([[`/xrpc/${GET}`, 'manual']])
  })

  it('is given up when its signal says so', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], { [ID]: lexicon(ID) })
    const stop = new AbortController()
    const reason = new Error('enough')
    world.answers.set(GET, () => stop.abort(reason))
    const { signal } = stop
    await expect(resolveLexicon(ID, { identity: world.identity(), signal })).rejects.toBe(reason)
  })

  it('is not looked for above its group or below it', async () => {
    await using world = await Publishers.open()
    const id = 'com.example.deep.thing'
    await world.publish(['com.example', 'com.example.deep.thing'], { [id]: lexicon(id) })
    await expect(resolve(world, id)).rejects.toMatchObject({
      code: 'authority-not-found',
      message:
        'com.example.deep.*: the TXT records of _lexicon.deep.example.com name no repository',
    })
    expect(world.names).toEqual(['_lexicon.deep.example.com'])
  })
})

/** What is wrong, how it came about, and what becomes of it. */
type RefusalCase = [
  what: string,
  code: PublicationErrorCode,
  change: (world: Publishers, account: Publisher) => unknown,
]

const REFUSALS: RefusalCase[] = [
  [
    'TXT records that name several repositories',
    'authority-ambiguous',
    (world) => world.txt.set('_lexicon.example.com', ['did=did:plc:a', 'did=did:plc:b']),
  ],
  [
    'TXT records of another kind',
    'authority-not-found',
    (world) => world.txt.set('_lexicon.example.com', ['did:plc:a', 'DID=did:plc:a']),
  ],
  [
    'DNS that does not answer',
    'dns-failed',
    (world) => world.txt.set('_lexicon.example.com', new Error('queryTxt ETIMEOUT')),
  ],
  [
    'an authority that is no DID',
    'identity-failed',
    (world) => world.txt.set('_lexicon.example.com', ['did=127.0.0.1']),
  ],
  [
    'an authority that nobody knows',
    'identity-failed',
    (world, { did }) => world.accounts.delete(did),
  ],
  [
    'a PDS at an address that is not public',
    'identity-failed',
    (_, account) => (account.pds = 'http://10.0.0.1'),
  ],
  ['no signing key', 'identity-failed', (_, account) => (account.key = 'z')],
  ['a PDS that is not there', 'pds-failed', async (_, account) => (account.pds = await deadUrl())],
  [
    'a PDS that sends elsewhere',
    'pds-failed',
    (world) => {
      world.answers.set(GET, (_, response) => {
        response.writeHead(302, { location: `${world.url}/elsewhere` }).end()
      })
    },
  ],
  [
    'an answer without an end',
    'pds-failed',
    (world) => {
      world.answers.set(GET, (_, response) => {
        response.setHeader('content-type', 'application/vnd.ipld.car')
        const piece = Buffer.alloc(1 << 20)
        const write = (): void => void response.write(piece, (error) => error ?? write())
        write()
      })
    },
  ],
  [
    'a PDS that knows no such record',
    'not-published',
    (world) => {
      world.answers.set(GET, (_, response) => json(response, 404, { error: 'RecordNotFound' }))
    },
  ],
  [
    'a repository that proves to have none',
    'not-published',
    async (_, account) => {
      account.car = await write(account.repo, account.did, { [ID]: undefined })
    },
  ],
  [
    'an answer that is no CAR file',
    'invalid-proof',
    (_, account) => (account.car = Buffer.from('{}')),
  ],
  [
    'an answer that is cut short',
    'invalid-proof',
    (_, account) => (account.car = account.car.subarray(0, -1)),
  ],
  [
    'a repository with another signature',
    'invalid-proof',
    async (_, account) => {
      const { did } = account
      account.car = await write(await TestRepo.create(), did, { [ID]: lexicon(ID) })
    },
  ],
  [
    'a repository of another account',
    'invalid-proof',
    async (_, account) => {
      const did = `did:plc:${'z'.repeat(24)}`
      account.car = await write(account.repo, did, {})
    },
  ],
  [
    'a record with other content than was signed',
    'invalid-proof',
    (_, account) => (account.car = withOtherContent(account.car).car),
  ],
  [
    'a record with other content, whose hash fits',
    'invalid-proof',
    (_, account) => {
      const { car, at } = withOtherContent(account.car)
      account.car = rehash(car, at)
    },
  ],
  [
    'a record of another type',
    'not-a-lexicon',
    async (_, account) => {
      const record = { ...lexicon(ID), $type: 'app.bsky.feed.post' }
      account.car = await write(account.repo, account.did, { [ID]: record })
    },
  ],
  [
    'a document that breaks the lexicon language',
    'invalid-lexicon',
    async (_, account) => {
      const record = { ...lexicon(ID), defs: { main: { type: 'float' } } }
      account.car = await write(account.repo, account.did, { [ID]: record })
    },
  ],
  [
    'a lexicon that calls itself otherwise',
    'not-a-lexicon',
    async (_, account) => {
      const record = lexicon('com.example.Thing')
      account.car = await write(account.repo, account.did, { [ID]: record })
    },
  ],
]

/** A copy in which the record has another word, and where. The word is as long as the one before. */
function withOtherContent(original: Uint8Array): { car: Buffer; at: number } {
  const car = Buffer.from(original)
  const at = car.indexOf('object')
  car.write('string', at)
  return { car, at }
}

/** Puts the hash of the block at an offset into its CID, so that it fits again. */
function rehash(car: Buffer, offset: number): Buffer {
  // A CID of DAG-CBOR by SHA-256: version, codec, hash function, length of the hash.
  const head = Buffer.from([0x01, 0x71, 0x12, 0x20])
  const start = car.lastIndexOf(head, offset)
  const block = start + head.length + 32
  // The length of CID and block together, in two bytes before them.
  const length = (car[start - 2]! & 0x7f) | (car[start - 1]! << 7)
  const bytes = car.subarray(block, start + length)
  createHash('sha256')
    .update(bytes)
    .digest()
    .copy(car, start + head.length)
  return car
}

describe('a lexicon is refused', () => {
  it.each(REFUSALS)('for %s', async (_, code, change) => {
    await using world = await Publishers.open()
    const account = await world.publish(['com.example'], { [ID]: lexicon(ID) })
    // It is what is changed that counts.
    await resolve(world)
    await change(world, account)
    const error = await rejectedBy(PublicationError, () => resolve(world))
    expect(error).toMatchObject({ code, message: expect.stringMatching(/^com\.example\./) })
  })

  it.each(['../../etc/passwd', 'com.example', 'com.example.*', 'com..thing', '__proto__', ''])(
    'under the name %j, before anybody is asked',
    async (name) => {
      await using world = await Publishers.open()
      await expect(resolve(world, name)).rejects.toMatchObject({ code: 'invalid-nsid' })
      expect(world.names).toEqual([])
    },
  )

  it('where its domain is longer than DNS allows', async () => {
    await using world = await Publishers.open()
    const label = 'a'.repeat(60)
    const id = `com.${label}.${label}.${label}.${label}.thing`
    await expect(resolve(world, id)).rejects.toMatchObject({
      code: 'authority-not-found',
    })
    expect(world.names).toEqual([])
  })
})
