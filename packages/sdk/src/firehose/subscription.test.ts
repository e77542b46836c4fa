import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'

import { WebSocket as PackageWebSocket } from 'ws'
import { describe, expect, onTestFinished, test, vi } from 'vitest'

import { counts, subscribeCounts } from '../../test/firehose/counter.ts'
import type { Count } from '../../test/firehose/counter.ts'
import { Relay } from '../../test/firehose/relay.ts'
import { Deferred } from '../../test/firehose/deferred.ts'
import { rejectedBy, thrownBy } from '../../test/thrown.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'
import type { StreamPlace } from './subscription-options.ts'
import type { SubscriptionStats } from './subscription-stats.ts'
import type { Subscription } from './subscription.ts'

/** The numbers of the first events, after which the subscription is left. */
async function take(subscription: Subscription<Count>, count: number): Promise<number[]> {
  const seqs: number[] = []
  for await (const { seq } of subscription) {
    seqs.push(seq)
    if (seqs.length === count) break
  }
  return seqs
}

const upTo = (last: number, from = 1): number[] => counts(from, last).map(({ seq }) => seq)

/** Collects what is reported. */
function reports(): {
  list: [code: string, place: StreamPlace][]
  onError: (error: FirehoseError, place: StreamPlace) => void
} {
  const list: [string, StreamPlace][] = []
  return { list, onError: (error, place) => void list.push([error.error ?? error.code, place]) }
}

describe.each([
  ['the platform', globalThis.WebSocket],
  ['ws', PackageWebSocket],
])('with the WebSocket of %s', (_, WebSocket) => {
  test('hands out events in their order, and leaves the cursor before the last one', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 100)))
    const subscription = subscribeCounts(relay.url, { WebSocket })
    expect(subscription.cursor).toBe(undefined)
    expect(await take(subscription, 100)).toEqual(upTo(100))
    expect(subscription.cursor).toBe(99)
    expect(relay.cursors).toEqual([undefined])
    await relay.peers[0]?.closed
  })

  test('goes on where a connection was lost', async () => {
    await using relay = await Relay.start(async (peer, index) => {
      await peer.sendAll(counts(1, 10 * (index + 1)))
      peer.socket.terminate()
    })
    const { list, onError } = reports()
    let opened = 0
    const onOpen = (): number => opened++
    const subscription = subscribeCounts(relay.url, { WebSocket, onError, onOpen })
    expect(await take(subscription, 30)).toEqual(upTo(30))
    expect(opened).toBe(relay.peers.length)
    expect(relay.cursors.slice(0, 3)).toEqual([undefined, 10, 20])
    expect(list.length).toBeGreaterThanOrEqual(2)
    expect(subscription.stats.reconnects).toBe(list.length)
  })

  test('closes and resumes the connection where the program is slower than the service', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1000, 9999)))
    const subscription = subscribeCounts(relay.url, { WebSocket, maxQueueBytes: 4_000 })
    const seqs: number[] = []
    for await (const { seq } of subscription) {
      seqs.push(seq)
      expect(subscription.stats.queue.bytes).toBeLessThanOrEqual(4_000)
      if (seq === 9999) break
      if (seq % 10 === 0) await turn()
    }
    expect(seqs).toEqual(upTo(9999, 1000))
    const { pauses, reconnects, duplicates } = subscription.stats
    expect(pauses).toBeGreaterThan(3)
    expect(reconnects).toBe(pauses)
    expect(duplicates).toBe(0)
  })

  test('gives up a connection on which nothing arrives', async () => {
    await using relay = await Relay.start((peer, index) => {
      // The first one does not answer pings either.
      if (index === 0) peer.socket.pause()
      else void peer.sendAll(counts(1, 1))
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { WebSocket, onError, idleTimeout: 20 })
    expect(await take(subscription, 1)).toEqual([1])
    expect(list[0]).toEqual(['idle', {}])
  })

  test('keeps trying where the service refuses, and where there is none', async () => {
    const gone = await Relay.start(() => undefined)
    const { port, url } = gone
    await gone[Symbol.asyncDispose]()
    const { list, onError } = reports()
    const thrice = new Deferred<void>()
    const subscription = subscribeCounts(url, {
      WebSocket,
      onError(error, place) {
        onError(error, place)
        if (list.length === 3) thrice.resolve()
      },
    })
    const taken = take(subscription, 1)
    await thrice.promise
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 1)), port)
    expect(await taken).toEqual([1])
    expect(relay.cursors).toEqual([undefined])
    expect(list[0]).toEqual(['connection-failed', {}])
  })
})

test('a service that is quiet and answers pings is not left', async () => {
  let pings = 0
  await using relay = await Relay.start((peer) => {
    peer.socket.on('ping', () => {
      if (++pings === 5) void peer.sendAll(counts(1, 1))
    })
  })
  const subscription = subscribeCounts(relay.url, { WebSocket: PackageWebSocket, idleTimeout: 20 })
  expect(await take(subscription, 1)).toEqual([1])
  expect(subscription.stats.reconnects).toBe(0)
})

describe('messages', () => {
  test('repeated and old ones are left out', async () => {
    await using relay = await Relay.start(async (peer) => {
      await peer.sendAll(counts(1, 5))
      await peer.sendAll(counts(1, 5))
      await peer.sendAll(counts(3, 8))
    })
    const subscription = subscribeCounts(relay.url)
    expect(await take(subscription, 8)).toEqual(upTo(8))
    expect(subscription.stats).toMatchObject({ events: 8, duplicates: 8, messages: 16 })
  })

  test('that are bad are all reported where the stream has no order', async () => {
    await using relay = await Relay.start(async (peer) => {
      for (const data of ['bad 5', 'bad 4', '4']) await peer.send(data)
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { onError }, { isOrdered: false })
    expect(await take(subscription, 1)).toEqual([4])
    expect(list.map(([, { seq }]) => seq)).toEqual([5, 4])
  })

  test('are all handed out where the stream has no order', async () => {
    await using relay = await Relay.start(async (peer) => {
      await peer.sendAll(counts(5, 6))
      await peer.sendAll(counts(4, 6))
    })
    const subscription = subscribeCounts(relay.url, {}, { isOrdered: false })
    expect(await take(subscription, 5)).toEqual([5, 6, 4, 5, 6])
  })

  test('a bad one is reported once, with its place, and passed', async () => {
    await using relay = await Relay.start(async (peer, index) => {
      if (index === 0) {
        await peer.sendAll(counts(1, 2))
        for (const data of ['bad 3', 'bad', 'bad 4', 'bad 4']) await peer.send(data)
        peer.socket.close()
      } else {
        await peer.send('bad 4')
        await peer.sendAll(counts(5, 5))
      }
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { onError })
    expect(await take(subscription, 3)).toEqual([1, 2, 5])
    const [code, place] = ['invalid-frame', { did: undefined, seq: undefined }]
    expect(list).toEqual([
      [code, { ...place, seq: 3 }],
      [code, place],
      [code, { ...place, seq: 4 }],
      ['connection-closed', place],
    ])
    expect(relay.cursors).toEqual([undefined, 4])
    expect(subscription.stats.badFrames).toBe(3)
  })

  test('a bad one that was only cut off arrives with the next connection', async () => {
    await using relay = await Relay.start(async (peer, index) => {
      await peer.send('1')
      await peer.send(index === 0 ? 'bad 2' : '2')
      peer.socket.close()
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { onError })
    expect(await take(subscription, 2)).toEqual([1, 2])
    expect(relay.cursors).toEqual([undefined, 1])
    expect(list[0]).toEqual(['invalid-frame', { seq: 2, did: undefined }])
  })

  test('a bad one that ends each connection is passed the second time', async () => {
    await using relay = await Relay.start(async (peer) => {
      for (const seq of [1, 2, 3]) {
        if (seq > (peer.cursor ?? 0)) await peer.send(seq === 2 ? 'bad 2' : `${seq}`)
        if (seq === 2 && seq > (peer.cursor ?? 0)) return peer.socket.close()
      }
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { onError })
    expect(await take(subscription, 2)).toEqual([1, 3])
    expect(relay.cursors).toEqual([undefined, 1, 2])
    expect(list.filter(([code]) => code === 'invalid-frame').length).toBe(1)
  })

  test('those that the program does not want move the cursor', async () => {
    await using relay = await Relay.start(async (peer) => {
      for (const data of ['1', 'skip 2', 'nothing', 'skip 3', '4', 'skip 5', '6']) {
        await peer.send(data)
      }
    })
    const subscription = subscribeCounts(relay.url)
    const cursors: unknown[] = []
    for await (const { seq } of subscription) {
      cursors.push([seq, subscription.cursor])
      if (seq === 6) break
    }
    expect(cursors).toEqual([
      [1, undefined],
      [4, 3],
      [6, 5],
    ])
  })

  test('those without a place do not move it', async () => {
    await using relay = await Relay.start(async (peer) => {
      for (const data of ['1', 'info', '2']) await peer.send(data)
    })
    const subscription = subscribeCounts(relay.url)
    const cursors: unknown[] = []
    for await (const { seq } of subscription) {
      cursors.push([seq, subscription.cursor])
      if (seq === 2) break
    }
    expect(cursors).toEqual([
      [1, undefined],
      [NaN, 1],
      [2, 1],
    ])
  })
})

describe('errors of the service', () => {
  test('after FutureCursor it goes on with what happens from then on', async () => {
    await using relay = await Relay.start(async (peer, index) => {
      if (peer.cursor !== undefined && index === 0) {
        await peer.send('error FutureCursor')
        peer.socket.close()
      } else {
        await peer.sendAll(counts(7, 9))
      }
    })
    const { list, onError } = reports()
    const subscription = subscribeCounts(relay.url, { cursor: 1_000, onError })
    expect(await take(subscription, 3)).toEqual([7, 8, 9])
    expect(relay.cursors).toEqual([1_000, undefined])
    expect(list.map(([code]) => code)).toEqual(['FutureCursor'])
    expect(subscription.cursor).toBe(8)
  })

  test.each(['ConsumerTooSlow', 'Whatever'])(
    'after %s it goes on from its cursor',
    async (name) => {
      await using relay = await Relay.start(async (peer, index) => {
        await peer.sendAll(counts(1, 2 * index + 2))
        // It does not close, as it should.
        await peer.send(`error ${name}`)
      })
      const { list, onError } = reports()
      const subscription = subscribeCounts(relay.url, { onError })
      expect(await take(subscription, 6)).toEqual(upTo(6))
      expect(relay.cursors).toEqual([undefined, 2, 4])
      expect(list.map(([code]) => code).slice(0, 2)).toEqual([name, name])
    },
  )

  /** Makes waits for connections short, and collects how long they would have been. */
  function shortWaits(): number[] {
    const delays: number[] = []
    const platform = globalThis.setTimeout
    const spy = vi.spyOn(globalThis, 'setTimeout')
    spy.mockImplementation((run, ms = 0) => {
      // What is longer is no wait for a connection.
      if (ms > 1_000) return platform(run, ms)
      delays.push(ms)
      return platform(run, 0)
    })
    onTestFinished(() => spy.mockRestore())
    return delays
  }

  test('waits twice as long each time that a connection does not open in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const delays = shortWaits()
    let failures = 0
    const subscription = subscribeCounts(`ws://127.0.0.1:${port}`, {
      WebSocket: PackageWebSocket,
      // The attempt takes longer than the longest wait.
      openTimeout: 50,
      reconnect: { min: 10, max: 40 },
      onError() {
        if (++failures === 4) void subscription.close()
      },
    })
    expect(await take(subscription, 1)).toEqual([])
    expect(delays[2]).toBeGreaterThanOrEqual(20)
    expect(delays[3]).toBeGreaterThanOrEqual(20)
  })

  test('waits twice as long each time that a connection does not last', async () => {
    await using relay = await Relay.start((peer) => peer.socket.close())
    const delays = shortWaits()
    const subscription = subscribeCounts(relay.url, {
      // That of the platform has timers of its own.
      WebSocket: PackageWebSocket,
      reconnect: { min: 100, max: 1_000 },
      onError() {
        if (relay.peers.length === 8) void subscription.close()
      },
    })
    expect(await take(subscription, 1)).toEqual([])
    const longest = [100, 200, 400, 800, 1_000, 1_000, 1_000]
    for (const [i, most] of longest.entries()) {
      expect(delays[i]).toBeLessThanOrEqual(most)
      expect(delays[i]).toBeGreaterThanOrEqual(most / 2)
    }
  })
})

describe('checks', () => {
  test('may take as long as they want: events stay in their order, those refused are left out', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 1_000)))
    const { list, onError } = reports()
    let running = 0
    let most = 0
    const subscription = subscribeCounts(
      relay.url,
      { onError },
      {
        async check(event) {
          most = Math.max(most, ++running)
          // Others that came later are done first.
          for (let turns = event.seq % 5; turns >= 0; turns--) await turn()
          running--
          if (event.seq % 10 === 0) throw new Error('Forged')
          return event.seq % 10 === 1 ? undefined : event
        },
      },
    )
    const seqs = await take(subscription, 800)
    expect(seqs).toEqual(upTo(1_000).filter((seq) => seq % 10 > 1))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(64)
    const failed = upTo(1_000).filter((seq) => seq % 10 === 0 && seq < 1_000)
    expect(
      list
        .map(([, { seq }]) => seq)
        .filter((seq) => seq! < 1_000)
        .toSorted((a, b) => a! - b!),
    ).toEqual(failed)
    expect(subscription.cursor).toBe(998)
  })

  test('done at once, they refuse and leave out likewise', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 9)))
    const { list, onError } = reports()
    const subscription = subscribeCounts(
      relay.url,
      { onError },
      {
        check(event) {
          if (event.seq % 3 === 0) throw new TypeError('Not mine')
          return event.seq % 3 === 1 ? event : undefined
        },
      },
    )
    const cursors: unknown[] = []
    for await (const { seq } of subscription) {
      cursors.push([seq, subscription.cursor])
      if (seq === 7) break
    }
    expect(cursors).toEqual([
      [1, undefined],
      [4, 3],
      [7, 6],
    ])
    expect(list.slice(0, 2)).toEqual([
      ['verification-failed', { seq: 3, did: undefined }],
      ['verification-failed', { seq: 6, did: undefined }],
    ])
  })
})

describe('checks that are under way when it is closed', () => {
  test('finish nothing: what they refuse then is nobody told of, and comes again', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 2)))
    const cursorStore = new MemoryCursorStore()
    const forged = new Deferred<undefined>()
    const { list, onError } = reports()
    const subscription = subscribeCounts(
      relay.url,
      { cursorStore, onError, saveInterval: 0 },
      { check: (event) => (event.seq === 1 ? event : forged.promise) },
    )
    const taken = take(subscription, 2)
    while (subscription.stats.queue.events === 0 || subscription.cursor === undefined) await turn()
    await subscription.close()
    forged.resolve(undefined)
    expect(await taken).toEqual([1])
    for (let turns = 0; turns < 3; turns++) await turn()
    expect(subscription.cursor).toBe(1)
    expect(list).toEqual([])
  })

  test('are the last ones', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 200)))
    let begun = 0
    const go = new Deferred<undefined>()
    const subscription = subscribeCounts(
      relay.url,
      {},
      {
        check() {
          begun++
          return go.promise
        },
      },
    )
    const taken = take(subscription, 1)
    while (subscription.stats.queue.events < 200) await turn()
    await subscription.close()
    go.resolve(undefined)
    expect(await taken).toEqual([])
    for (let turns = 0; turns < 3; turns++) await turn()
    expect(begun).toBe(64)
  })
})

describe('the end', () => {
  const served = (): Promise<Relay> => Relay.start((peer) => peer.sendAll(counts(1, 10)))

  test('of close: nothing more is handed out, and the cursor is stored', async () => {
    await using relay = await served()
    const cursorStore = new MemoryCursorStore()
    const subscription = subscribeCounts(relay.url, { cursorStore })
    const seqs: number[] = []
    for await (const { seq } of subscription) {
      seqs.push(seq)
      if (seq === 4) await subscription.close()
    }
    expect(seqs).toEqual([1, 2, 3, 4])
    expect(cursorStore.load()).toBe(4)
    await relay.peers[0]?.closed
  })

  test('of close while the program waits', async () => {
    await using relay = await Relay.start(() => void subscription.close())
    const subscription = subscribeCounts(relay.url)
    expect(await take(subscription, 1)).toEqual([])
  })

  test('of a signal, before and while it runs', async () => {
    await using relay = await served()
    expect(await take(subscribeCounts(relay.url, { signal: AbortSignal.abort() }), 1)).toEqual([])
    expect(relay.peers).toEqual([])
    const stop = new AbortController()
    const seqs: number[] = []
    for await (const { seq } of subscribeCounts(relay.url, { signal: stop.signal })) {
      seqs.push(seq)
      if (seq === 3) stop.abort()
    }
    expect(seqs).toEqual([1, 2, 3])
    await relay.peers[0]?.closed
  })

  test('of its scope', async () => {
    await using relay = await served()
    {
      await using subscription = subscribeCounts(relay.url)
      const { value } = await subscription[Symbol.asyncIterator]().next()
      expect(value).toEqual({ seq: 1 })
    }
    await relay.peers[0]?.closed
  })

  test('of an error that onError throws', async () => {
    await using relay = await Relay.start((peer) => peer.send('bad 1'))
    const subscription = subscribeCounts(relay.url, {
      onError(error) {
        throw error
      },
    })
    const error = await rejectedBy(FirehoseError, () => take(subscription, 1))
    expect(error.seq).toBe(1)
    await relay.peers[0]?.closed
  })

  test('of an error that onOpen throws', async () => {
    await using relay = await Relay.start(() => {})
    const onOpen = (): never => {
      throw new Error('no')
    }
    await expect(take(subscribeCounts(relay.url, { onOpen }), 1)).rejects.toThrow('no')
    await relay.peers[0]?.closed
  })

  test('a second iteration is refused', async () => {
    await using relay = await served()
    const subscription = subscribeCounts(relay.url)
    await take(subscription, 1)
    const error = await rejectedBy(TypeError, () => take(subscription, 1))
    expect(error.message).toMatch(/once/)
  })
})

describe('the cursor store', () => {
  test('says where to begin, rather than the option', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 20)))
    const cursorStore = new MemoryCursorStore()
    const options = { cursor: 5, cursorStore }
    expect(await take(subscribeCounts(relay.url, options), 3)).toEqual([6, 7, 8])
    // The last one that was taken was not done.
    expect(await take(subscribeCounts(relay.url, options), 3)).toEqual([8, 9, 10])
    expect(relay.cursors).toEqual([5, 7])
  })

  test('is written at most so often, and at the end', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 500)))
    const saved: number[] = []
    const cursorStore = { load: () => undefined, save: (cursor: number) => void saved.push(cursor) }
    await take(subscribeCounts(relay.url, { cursorStore, saveInterval: 2 ** 30 }), 500)
    expect(saved).toEqual([499])
  })

  test('is written while events come in', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 2)))
    const saved = new Deferred<number>()
    const cursorStore = {
      load: async () => undefined,
      save: async (cursor: number) => saved.resolve(cursor),
    }
    await using subscription = subscribeCounts(relay.url, { cursorStore, saveInterval: 1 })
    const taken = take(subscription, 3)
    expect(await saved.promise).toBeLessThanOrEqual(2)
    await subscription.close()
    expect(await taken).toEqual([1, 2])
  })

  test('that fails to save is reported, and asked again', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 9)))
    const { list, onError } = reports()
    const tried: number[] = []
    const cursorStore = {
      load: () => undefined,
      save(cursor: number) {
        tried.push(cursor)
        throw new Error('Disk full')
      },
    }
    const subscription = subscribeCounts(relay.url, { cursorStore, onError, saveInterval: 1 })
    for await (const { seq } of subscription) {
      while (tried.length < seq - 1) await turn()
      if (seq === 3) break
    }
    expect(tried.slice(0, 2)).toEqual([1, 2])
    expect(list[0]).toEqual(['cursor-not-saved', { seq: undefined, did: undefined }])
  })

  test('that fails to save does so twice at most where onError throws', async () => {
    await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 9)))
    let tried = 0
    const cursorStore = {
      load: () => undefined,
      save() {
        // Without an end to it, no other test would have its turn.
        if (++tried < 100) throw new Error('Disk full')
      },
    }
    const subscription = subscribeCounts(relay.url, {
      cursorStore,
      saveInterval: 1,
      onError(error) {
        throw error
      },
    })
    const error = await rejectedBy(FirehoseError, () => take(subscription, 10))
    expect(error.code).toBe('cursor-not-saved')
    for (let turns = 0; turns < 3; turns++) await turn()
    expect(tried).toBeLessThanOrEqual(3)
  })

  test('that does not answer is not waited for where it is closed', async () => {
    const cursorStore = { load: () => new Promise<never>(() => {}), save: () => undefined }
    const stop = new AbortController()
    const options = { cursorStore, signal: stop.signal }
    const taken = take(subscribeCounts('ws://127.0.0.1:9', options), 1)
    stop.abort()
    expect(await taken).toEqual([])
    expect(await take(subscribeCounts('ws://127.0.0.1:9', options), 1)).toEqual([])
  })

  test.each([null, '5', 1.5, 2 ** 53, Infinity])('that has %s has no cursor', async (stored) => {
    const cursorStore = { load: () => stored as number, save: () => undefined }
    const subscription = subscribeCounts('ws://127.0.0.1:9', { cursorStore })
    const { code } = await rejectedBy(FirehoseError, () => take(subscription, 1))
    expect(code).toBe('invalid-cursor')
  })

  test('is not written where nothing has happened', async () => {
    const cursorStore = new MemoryCursorStore()
    cursorStore.save(100)
    const subscription = subscribeCounts('ws://127.0.0.1:9', { cursorStore, cursor: 5 })
    await subscription.close()
    expect(cursorStore.load()).toBe(100)
    expect(await take(subscription, 1)).toEqual([])
    expect(cursorStore.load()).toBe(100)
  })

  test('that fails to load ends the iteration: where to begin is not known', async () => {
    const cursorStore = {
      load: () => Promise.reject(new RangeError('Lost')),
      save: () => undefined,
    }
    const onStats = vi.fn<() => void>()
    const options = { cursorStore, cursor: 4, onStats, statsInterval: 1 }
    const subscription = subscribeCounts('ws://127.0.0.1:9', options)
    const error = await rejectedBy(RangeError, () => take(subscription, 1))
    expect(error.message).toBe('Lost')
    expect(onStats).not.toHaveBeenCalled()
  })
})

test('statistics say how it is doing, when asked and at an interval', async () => {
  await using relay = await Relay.start((peer) => peer.sendAll(counts(1, 3)))
  const told = new Deferred<SubscriptionStats>()
  const subscription = subscribeCounts(relay.url, { statsInterval: 1, onStats: told.resolve })
  expect(subscription.stats).toEqual({
    events: 0,
    messages: 0,
    bytes: 0,
    duplicates: 0,
    badFrames: 0,
    verificationFailures: 0,
    reconnects: 0,
    pauses: 0,
    queue: { events: 0, bytes: 0 },
    lag: undefined,
  })
  const taken = take(subscription, 4)
  expect(Object.keys(await told.promise)).toEqual(Object.keys(subscription.stats))
  while (subscription.stats.events < 3) await turn()
  const before = Date.now()
  expect(subscription.stats).toMatchObject({ events: 3, messages: 3, bytes: 3 })
  expect(subscription.stats.lag).toBeGreaterThanOrEqual(before - 3)
  await subscription.close()
  await taken
})

test('without a WebSocket, it says so', () => {
  vi.stubGlobal('WebSocket', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(thrownBy(TypeError, () => subscribeCounts('ws://127.0.0.1')).message).toMatch(/WebSocket/)
})

test.each([NaN, -1, 1.5, Infinity])('refuses the cursor %d', (cursor) => {
  const { message } = thrownBy(RangeError, () => subscribeCounts('ws://127.0.0.1', { cursor }))
  expect(message).toBe(`No cursor of this stream: ${cursor}`)
})
