import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { WebSocket as PackageWebSocket } from 'ws'
import { Deferred } from '../../test/firehose/deferred.ts'
import { LoopbackJetstream, stored } from '../../test/firehose/jetstream.ts'
import { rejectedBy, thrownBy } from '../../test/thrown.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { subscribeJetstream } from './subscribe-jetstream.ts'
import type { SubscribeJetstreamOptions } from './subscribe-jetstream.ts'

const reconnect = { min: 1, max: 4 }

/** What an event is about, in short: its number, or its kind where it is no commit. */
function nameOf(event: JetstreamEvent): string {
  return event.kind === 'commit' ? event.ops[0].rkey.slice(1) : event.kind
}

/** The numbers of events, as {@link nameOf} gives them. */
function upTo(last: number, from = 1): string[] {
  return Array.from({ length: last - from + 1 }, (_, i) => `${from + i}`)
}

/** Iterates until the nth event, and tells of each before the next is asked for. */
async function take(
  subscription: AsyncIterable<JetstreamEvent>,
  count: number,
  tell: (index: number) => unknown = () => undefined,
): Promise<string[]> {
  const names: string[] = []
  for await (const event of subscription) {
    names.push(nameOf(event))
    if (names.length === count) break
    await tell(names.length)
  }
  return names
}

function subscribe(jetstream: LoopbackJetstream, options: SubscribeJetstreamOptions = {}) {
  return subscribeJetstream({ service: jetstream.url, reconnect, ...options })
}

describe.each([
  ['the platform', globalThis.WebSocket],
  ['ws', PackageWebSocket],
])('with the WebSocket of %s', (_, WebSocket) => {
  test.each([1, 2] as const)(
    'version %i: gives the events after a cursor, and new ones',
    async (version) => {
      await using jetstream = await LoopbackJetstream.start(20)
      const cursor = version === 1 ? stored(10).time_us : 10
      const subscription = subscribe(jetstream, { version, WebSocket, cursor })
      const names = await take(subscription, version === 1 ? 20 : 15, (index) => {
        if (index === 8) jetstream.publish(5)
      })
      // Version one begins five seconds earlier.
      expect(names).toEqual(version === 1 ? upTo(24, 5) : upTo(25, 11))
    },
  )

  test.each([1, 2] as const)('version %i: goes on where a connection was lost', async (version) => {
    await using jetstream = await LoopbackJetstream.start(0)
    const subscription = subscribe(jetstream, { version, WebSocket })
    const names = take(subscription, 100, (index) => {
      if (index % 10 !== 0) return
      jetstream.drop()
      jetstream.publish(10)
    })
    await jetstream.subscribed()
    jetstream.publish(10)
    expect(await names).toEqual(upTo(100))
    expect(subscription.stats.reconnects).toBe(9)
  })
})

/** The parameters of a URL: each with all its values. */
function parametersOf({ searchParams }: URL): Record<string, string[]> {
  return Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]))
}

const filter = {
  wantedCollections: ['app.bsky.feed.post', 'app.bsky.graph.*'],
  wantedDids: ['did:plc:ewvi7nxzyoun6zhxrhs64oiz'],
  maxMessageSizeBytes: 1_000_000,
} as const

describe('what is asked for', () => {
  test('version one is told the filter in its words', async () => {
    await using jetstream = await LoopbackJetstream.start(3)
    await take(subscribe(jetstream, { ...filter, cursor: 0 }), 1)
    expect(jetstream.urls[0]?.pathname).toBe('/subscribe')
    expect(parametersOf(jetstream.urls[0]!)).toEqual({
      wantedCollections: [...filter.wantedCollections],
      wantedDids: [...filter.wantedDids],
      maxMessageSizeBytes: ['1000000'],
      cursor: ['0'],
    })
  })

  test('version two is told the filter in its words', async () => {
    await using jetstream = await LoopbackJetstream.start(3)
    const kinds = ['commit', 'identity'] as const
    await take(subscribe(jetstream, { ...filter, kinds, version: 2, cursor: 1 }), 1)
    const [url] = jetstream.urls
    expect(url?.pathname).toBe('/xrpc/network.bsky.jetstream.subscribeEvents')
    expect(parametersOf(url!)).toEqual({
      collections: [...filter.wantedCollections],
      dids: [...filter.wantedDids],
      kinds: [...kinds],
      maxMessageSizeBytes: ['1000000'],
      cursor: ['1'],
    })
  })

  test('version two is told of no collections where no commits are wanted', async () => {
    await using jetstream = await LoopbackJetstream.start(3)
    const kinds = ['identity'] as const
    const subscription = subscribe(jetstream, { ...filter, kinds, version: 2, cursor: 1 })
    const names = take(subscription, 1)
    await jetstream.subscribed()
    const parameters = parametersOf(jetstream.urls[0]!)
    expect(parameters).toMatchObject({ kinds: ['identity'], dids: [...filter.wantedDids] })
    expect(parameters).not.toHaveProperty('collections')
    await subscription.close()
    expect(await names).toEqual([])
  })

  test('nothing is asked of a service that nothing is wanted of', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    const names = take(subscribe(jetstream), 1)
    await jetstream.subscribed()
    jetstream.publish(1)
    expect(await names).toEqual(['1'])
    expect(jetstream.urls.map(parametersOf)).toEqual([{}])
    expect(jetstream.received).toEqual([])
  })

  test('the endpoint of version one is taken for a service', async () => {
    await using jetstream = await LoopbackJetstream.start(3)
    const service = `${jetstream.url}/subscribe`
    await take(subscribe(jetstream, { service, cursor: 0 }), 1)
    await take(subscribe(jetstream, { service, version: 2, cursor: 1 }), 1)
    expect(jetstream.urls.map(({ pathname }) => pathname)).toEqual([
      '/subscribe',
      '/xrpc/network.bsky.jetstream.subscribeEvents',
    ])
  })

  test('a filter that is too long for a URL is sent before the events begin', async () => {
    await using jetstream = await LoopbackJetstream.start(9)
    const wantedDids = Array.from({ length: 10_000 }, (_, i) => `did:web:no${i}.example.com`)
    const wantedCollections = ['app.bsky.feed.like']
    const subscription = subscribe(jetstream, { wantedDids, wantedCollections, cursor: 0 })
    expect(await take(subscription, 3)).toEqual(['3', '6', '9'])
    expect(jetstream.urls.map(parametersOf)).toEqual([{ cursor: ['0'], requireHello: ['true'] }])
    expect(jetstream.received).toEqual([
      {
        type: 'options_update',
        payload: { wantedCollections, wantedDids, maxMessageSizeBytes: 0 },
      },
    ])
  })

  test.each([
    [
      'a collection that is none',
      { wantedCollections: ['app.bsky.feed.post', 'posts'] },
      TypeError,
    ],
    ['a beginning that is none', { wantedCollections: ['app.bsky.fe*'] }, TypeError],
    ['all collections by a star', { wantedCollections: ['*'] }, TypeError],
    ['a handle for a DID', { wantedDids: ['alice.example.com'] }, TypeError],
    ['101 collections', { wantedCollections: Array(101).fill('a.b.c') }, RangeError],
    ['10,001 DIDs', { wantedDids: Array(10_001).fill('did:web:a') }, RangeError],
    ['kinds of version one', { kinds: ['commit'] }, TypeError],
    ['a service that is none', { service: 'a b' }, TypeError],
    ['a cursor of version two for version one', { cursor: 12_345 }, RangeError],
    ['a cursor below zero', { cursor: -1, version: 2 }, RangeError],
  ] as [string, SubscribeJetstreamOptions, typeof TypeError][])(
    'refuses %s',
    (_, options, type) => {
      expect(thrownBy(type, () => subscribeJetstream(options)).name).toBe(type.name)
    },
  )

  test.each(['app.bsky.*', 'app.*', 'app.bsky.graph.follow'])(
    'takes %s for a collection',
    (name) => {
      expect(() => subscribeJetstream({ wantedCollections: [name] })).not.toThrow()
    },
  )
})

describe('updates', () => {
  test('version one is told of a new filter, and again when it connects again', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    const subscription = subscribe(jetstream, { maxMessageSizeBytes: 1_000 })
    const names = take(subscription, 4, async (index) => {
      if (index === 2) {
        subscription.update({ wantedCollections: ['app.bsky.feed.like'] })
        await jetstream.told()
        jetstream.publish(2)
      }
      if (index === 3) {
        jetstream.drop()
        jetstream.publish(3)
      }
    })
    await jetstream.subscribed()
    jetstream.publish(2)
    expect(await names).toEqual(['1', '2', '3', '6'])
    const wantedCollections = ['app.bsky.feed.like']
    expect(jetstream.received).toEqual([
      {
        type: 'options_update',
        payload: { wantedCollections, wantedDids: [], maxMessageSizeBytes: 1_000 },
      },
    ])
    expect(jetstream.urls[0]?.searchParams.has('wantedCollections')).toBe(false)
    expect(parametersOf(jetstream.urls[1]!)).toMatchObject({ wantedCollections })
  })

  test('version two is asked anew with the new filter', async () => {
    await using jetstream = await LoopbackJetstream.start(5)
    const subscription = subscribe(jetstream, { version: 2, cursor: 1 })
    const names = take(subscription, 6, async (index) => {
      if (index !== 4) return
      subscription.update({ wantedCollections: ['app.bsky.feed.like'] })
      await jetstream.subscribed()
      jetstream.publish(4)
    })
    expect(await names).toEqual(['2', '3', '4', '5', '6', '9'])
    expect(jetstream.urls.map(parametersOf)).toEqual([
      { cursor: ['1'] },
      { cursor: ['5'], collections: ['app.bsky.feed.like'] },
    ])
  })

  test.each([1, 2] as const)(
    'version %i: one before the iteration counts at once',
    async (version) => {
      await using jetstream = await LoopbackJetstream.start(6)
      const subscription = subscribe(jetstream, { version, cursor: 0 })
      subscription.update({ wantedCollections: ['app.bsky.feed.like'] })
      expect(await take(subscription, version)).toEqual(version === 1 ? ['3'] : ['info', '3'])
    },
  )

  test('one while the connection is being opened is told when it is open', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    const begun = new Deferred<void>()
    const WebSocket = class extends globalThis.WebSocket {
      constructor(url: string) {
        super(url)
        begun.resolve()
      }
    }
    const subscription = subscribe(jetstream, { WebSocket })
    const names = take(subscription, 1)
    await begun.promise
    subscription.update({ wantedCollections: ['app.bsky.feed.like'] })
    await jetstream.told()
    jetstream.publish(3)
    expect(await names).toEqual(['3'])
    expect(jetstream.urls.map(parametersOf)).toEqual([{}])
  })

  test('one that is not valid changes nothing', async () => {
    await using jetstream = await LoopbackJetstream.start(3)
    const subscription = subscribe(jetstream, { cursor: 0 })
    expect(() => subscription.update({ wantedCollections: ['posts'] })).toThrow(TypeError)
    expect(await take(subscription, 3)).toEqual(upTo(3))
    expect(parametersOf(jetstream.urls[0]!)).toEqual({ cursor: ['0'] })
  })
})

describe('cursors', () => {
  test('version one: a program that resumes gets the last five seconds again and loses nothing', async () => {
    await using jetstream = await LoopbackJetstream.start(30)
    const cursorStore = new MemoryCursorStore()
    expect(await take(subscribe(jetstream, { cursor: 0, cursorStore }), 10)).toEqual(upTo(10))
    expect(cursorStore.load()).toBe(stored(9).time_us)
    expect(await take(subscribe(jetstream, { cursorStore }), 27)).toEqual(upTo(30, 4))
  })

  test('version two: a program that resumes gets what it was not done with', async () => {
    await using jetstream = await LoopbackJetstream.start(30)
    const cursorStore = new MemoryCursorStore()
    expect(await take(subscribe(jetstream, { version: 2, cursor: 1, cursorStore }), 9)).toEqual(
      upTo(10, 2),
    )
    expect(cursorStore.load()).toBe(9)
    expect(await take(subscribe(jetstream, { version: 2, cursorStore }), 21)).toEqual(upTo(30, 10))
  })

  test('version one: events in no order come once each, and the cursor never goes back', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    const order = [1, 2, 3, 6, 4, 5, 5, 3, 8, 7, 9]
    jetstream.events = order.map(stored)
    const subscription = subscribe(jetstream, { cursor: 0 })
    const cursors: (number | undefined)[] = []
    const names = await take(subscription, 9, () => cursors.push(subscription.cursor))
    expect(names).toEqual(['1', '2', '3', '6', '4', '5', '8', '7', '9'])
    expect(subscription.stats.duplicates).toBe(2)
    expect(cursors).toEqual([0, ...[1, 2, 3, 6, 6, 6, 8].map((seq) => stored(seq).time_us)])
  })

  test('version one refuses a number of version two out of a store', async () => {
    const cursorStore = new MemoryCursorStore()
    cursorStore.save(12_345)
    const subscription = subscribeJetstream({ service: 'ws://127.0.0.1:1', cursorStore })
    const error = await rejectedBy(FirehoseError, () => take(subscription, 1))
    expect(error.code).toBe('invalid-cursor')
    expect(cursorStore.load()).toBe(12_345)
  })

  test('version two goes on from a time of version one, and counts in its own numbers then', async () => {
    await using jetstream = await LoopbackJetstream.start(10)
    const cursorStore = new MemoryCursorStore()
    cursorStore.save(stored(4).time_us)
    const names = await take(subscribe(jetstream, { version: 2, cursorStore }), 6)
    expect(names).toEqual(upTo(9, 4))
    expect(cursorStore.load()).toBe(8)
  })

  test('version two: from zero, all that there is', async () => {
    await using jetstream = await LoopbackJetstream.start(10)
    jetstream.events.splice(0, 5)
    const names = await take(subscribe(jetstream, { version: 2, cursor: 0 }), 6)
    expect(names).toEqual(['info', ...upTo(10, 6)])
  })

  test.each([
    ['the platform', globalThis.WebSocket],
    ['ws', PackageWebSocket],
  ])(
    'version two: from before what there is, all that there is; with the WebSocket of %s',
    async (_, WebSocket) => {
      await using jetstream = await LoopbackJetstream.start(10)
      jetstream.events.splice(0, 5)
      const codes: string[] = []
      const onError = ({ code }: FirehoseError) => void codes.push(code)
      const subscription = subscribe(jetstream, { version: 2, cursor: 2, onError, WebSocket })
      expect(await take(subscription, 6)).toEqual(['info', ...upTo(10, 6)])
      expect(subscription.cursor).toBe(9)
      expect(codes).toContain('connection-failed')
    },
  )

  test('version two: nothing is asked any more once it is closed', async () => {
    const asked = new Deferred<void>()
    const gone = new Deferred<void>()
    // It refuses to be a WebSocket, and never says why.
    const server = createServer((_, response) => {
      response.on('close', () => gone.resolve())
      asked.resolve()
    })
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const service = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    const subscription = subscribeJetstream({ service, version: 2, cursor: 7, reconnect })
    const names = take(subscription, 1)
    await asked.promise
    await subscription.close()
    await gone.promise
    expect(await names).toEqual([])
    expect(subscription.cursor).toBe(7)
    server.close()
  })

  test('version two: at another service, whose numbers are lower, goes on with what happens', async () => {
    await using jetstream = await LoopbackJetstream.start(10)
    const errors: (string | undefined)[] = []
    const onError = ({ error }: FirehoseError) => void errors.push(error)
    const subscription = subscribe(jetstream, { version: 2, cursor: 1_000, onError })
    const names = take(subscription, 3)
    await jetstream.subscribed()
    jetstream.publish(1)
    await jetstream.subscribed()
    jetstream.publish(3)
    expect(await names).toEqual(upTo(14, 12))
    expect(errors).toEqual(['FutureCursor'])
    expect(subscription.cursor).toBe(13)
  })
})

describe('compression', () => {
  test('with a dictionary that is none ends the iteration of version two', async () => {
    const compress = { dictionary: new Uint8Array(8) }
    const subscription = subscribeJetstream({ service: 'ws://127.0.0.1:1', version: 2, compress })
    const { message } = await rejectedBy(TypeError, () => take(subscription, 1))
    expect(message).toMatch(/dictionary/)
  })

  const dictionary = new TextEncoder().encode(JSON.stringify(stored(1)).repeat(4))
  test('version one compresses with the dictionary', async () => {
    await using jetstream = await LoopbackJetstream.start(5)
    jetstream.dictionary = dictionary
    const subscription = subscribe(jetstream, { cursor: 0, compress: { dictionary } })
    expect(await take(subscription, 5)).toEqual(upTo(5))
    expect(parametersOf(jetstream.urls[0]!)).toEqual({ cursor: ['0'], compress: ['true'] })
  })

  test.each([undefined, 2])(
    'version two: a dictionary that the service no longer knows is done without, from %s',
    async (cursor) => {
      await using jetstream = await LoopbackJetstream.start(5)
      const compress = { dictionary: Uint8Array.of(0x37, 0xa4, 0x30, 0xec, 1, 2, 0, 0, 9) }
      jetstream.retired = 513
      const codes: string[] = []
      const onError = ({ code }: FirehoseError) => void codes.push(code)
      const subscription = subscribe(jetstream, { version: 2, cursor, compress, onError })
      const names = take(subscription, 3)
      await jetstream.subscribed()
      if (cursor === undefined) jetstream.publish(3)
      expect(await names).toEqual(cursor === undefined ? upTo(8, 6) : upTo(5, 3))
      expect(codes).toContain('connection-failed')
      expect(jetstream.urls.at(-1)!.searchParams.has('zstdDictionary')).toBe(false)
    },
  )

  test('version two names the dictionary, and is undone by the plug', async () => {
    await using jetstream = await LoopbackJetstream.start(5)
    const numbered = Uint8Array.of(0, 0x37, 0xa4, 0x30, 0xec, 1, 2, 0, 0, 9).subarray(1)
    jetstream.dictionary = dictionary
    const given: unknown[] = []
    const decompress = (frame: Uint8Array, ...rest: unknown[]) => {
      given.push(rest)
      return zstdDecompressSync(frame, { dictionary })
    }
    const compress = { dictionary: numbered, decompress }
    const subscription = subscribe(jetstream, { version: 2, cursor: 1, compress })
    expect(await take(subscription, 4)).toEqual(upTo(5, 2))
    expect(parametersOf(jetstream.urls[0]!)).toEqual({ cursor: ['1'], zstdDictionary: ['513'] })
    expect(given[0]).toEqual([numbered, 5_000_000])
  })

  test('messages that cannot be decompressed, or to too much, are reported and left out', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    jetstream.dictionary = dictionary
    const errors: FirehoseError[] = []
    const onError = (error: FirehoseError) => void errors.push(error)
    const names = take(subscribe(jetstream, { compress: { dictionary }, onError }), 1)
    await jetstream.subscribed()
    const bomb = zstdCompressSync(new Uint8Array(5_000_001))
    const notUtf8 = zstdCompressSync(Uint8Array.of(0x22, 0xff, 0x22))
    for (const bytes of [bomb, notUtf8, Uint8Array.of(1, 2, 3), new Uint8Array()]) {
      jetstream.send(bytes)
    }
    jetstream.publish(1)
    expect(await names).toEqual(['1'])
    expect(errors.map(({ code }) => code)).toEqual(Array(4).fill('invalid-frame'))
  })

  test('what is compressed without being asked for is reported', async () => {
    await using jetstream = await LoopbackJetstream.start(0)
    const errors: FirehoseError[] = []
    const names = take(subscribe(jetstream, { onError: (error) => void errors.push(error) }), 1)
    await jetstream.subscribed()
    jetstream.send(zstdCompressSync('{}'))
    jetstream.publish(1)
    expect(await names).toEqual(['1'])
    expect(errors.map(({ code }) => code)).toEqual(['invalid-frame'])
  })
})
