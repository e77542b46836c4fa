import { WebSocket as PackageWebSocket } from 'ws'
import { beforeAll, describe, expect, test } from 'vitest'

import { commitFrame, commits, createAccounts, frame } from '../../test/firehose/recording.ts'
import { Chaos } from '../../test/firehose/chaos.ts'
import { Relay } from '../../test/firehose/relay.ts'
import type { Message } from '../../test/firehose/relay.ts'
import { thrownBy } from '../../test/thrown.ts'
import type { WrittenCommitEvent } from '../repo/index.ts'
import type { RepoEvent } from './events.ts'
import type { FirehoseError } from './firehose-error.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import { subscribeRepos } from './subscribe-repos.ts'
import type { SubscribeReposOptions } from './subscribe-repos.ts'

const QUICKLY = { reconnect: { min: 1, max: 4 } } as const

let events: WrittenCommitEvent[]

beforeAll(async () => {
  events = await commits(await createAccounts(8), 400)
})

/** The events from the numbers that they are given. */
function messages(list: readonly WrittenCommitEvent[]): Message[] {
  return list.map((event, i) => ({ seq: i + 1, data: commitFrame(event, i + 1) }))
}

function seqOf(event: RepoEvent): number {
  return 'seq' in event ? (event.seq ?? NaN) : NaN
}

async function take<Collection extends string>(
  options: SubscribeReposOptions<Collection>,
  last: number,
): Promise<RepoEvent[]> {
  const taken: RepoEvent[] = []
  for await (const event of subscribeRepos({ ...QUICKLY, ...options })) {
    taken.push(event)
    if (seqOf(event) === last) break
  }
  return taken
}

describe('what it asks for', () => {
  test.each([
    ['', '/xrpc/com.atproto.sync.subscribeRepos'],
    ['/some/path', '/some/path/xrpc/com.atproto.sync.subscribeRepos'],
  ])('at a URL with the path "%s"', async (path, expected) => {
    await using relay = await Relay.start((peer) => peer.sendAll(messages(events.slice(0, 1))))
    for (const scheme of ['http', 'ws']) {
      const service = `${scheme}://127.0.0.1:${relay.port}${path}`
      await take({ service }, 1)
    }
    await take({ service: `${relay.url}${path}`, cursor: 0 }, 1)
    expect(relay.peers.map(({ url }) => url)).toEqual([expected, expected, `${expected}?cursor=0`])
  })

  test('goes over TLS to a host that is only named', async () => {
    const urls: string[] = []
    class Recorder extends PackageWebSocket {
      constructor(url: string) {
        urls.push(url)
        super('ws://127.0.0.1:9')
      }
    }
    for (const service of [undefined, 'relay.example.com:8443', 'https://pds.example.com/']) {
      const stop = new AbortController()
      const { signal } = stop
      const onError = () => stop.abort()
      await take({ service, WebSocket: Recorder, signal, onError }, 1)
    }
    expect(urls).toEqual(
      ['bsky.network', 'relay.example.com:8443', 'pds.example.com'].map(
        (host) => `wss://${host}/xrpc/com.atproto.sync.subscribeRepos`,
      ),
    )
  })

  test.each(['', 'not a host', 'ftp://example.com'])('refuses the service "%s"', (service) => {
    expect(thrownBy(TypeError, () => subscribeRepos({ service })).message).toMatch(
      /host name or URL/,
    )
  })

  test('full verification without an identity is refused', () => {
    const { message } = thrownBy(TypeError, () => subscribeRepos({ verify: 'full' }))
    expect(message).toMatch(/identity/)
  })
})

describe.each([
  ['the platform', globalThis.WebSocket],
  ['ws', PackageWebSocket],
])('on the worst days of a relay, with the WebSocket of %s', (_, WebSocket) => {
  const COUNT = 10_000
  const BAD = new Map<number, [code: string, hasDid: boolean]>()

  /** Of every 100 messages, four are wrong for ever, each in its own way. */
  function recording(): Message[] {
    return Array.from({ length: COUNT }, (_, i) => {
      const seq = i + 1
      const event = events[i % events.length]!
      switch (i % 100) {
        case 13: {
          BAD.set(seq, ['invalid-frame', true])
          return { seq, data: commitFrame({ ...event, blocks: 'text' }, seq), isBad: true }
        }
        case 37: {
          BAD.set(seq, ['verification-failed', true])
          return {
            seq,
            data: commitFrame({ ...event, blocks: withFlippedBit(event.blocks) }, seq),
            isBad: true,
          }
        }
        case 71: {
          BAD.set(seq, ['verification-failed', true])
          return { seq, data: commitFrame({ ...event, ops: [] }, seq), isBad: true }
        }
        default:
          return { seq, data: commitFrame(event, seq) }
      }
    })
  }

  test('every event arrives, in its order, and what is bad is reported once, with its place', async () => {
    const seed = Math.floor(Math.random() * 2 ** 32)
    const chaos = new Chaos(recording(), seed)
    await using relay = await Relay.start(chaos.serve)
    const reported: [seq: number | undefined, code: string, did: string | undefined][] = []
    const subscription = subscribeRepos({
      service: relay.url,
      WebSocket,
      cursor: 0,
      reconnect: { min: 1, max: 2 },
      idleTimeout: 50,
      maxQueueBytes: 2 ** 19,
      onError: (error, { seq, did }) => void reported.push([seq, error.code, did]),
    })
    const seqs: number[] = []
    for await (const event of subscription) {
      const seq = seqOf(event)
      seqs.push(seq)
      if (seq === COUNT) break
    }
    const context = JSON.stringify({ seed, ...chaos.done, ...subscription.stats })
    const good = Array.from({ length: COUNT }, (_, i) => i + 1).filter((seq) => !BAD.has(seq))
    expect(seqs, context).toEqual(good)
    const places = reported.filter(([seq]) => seq !== undefined)
    expect(
      places
        .filter(([seq]) => BAD.has(seq!))
        .map(([seq, code, did]) => [seq, code, did !== undefined]),
      context,
    ).toEqual([...BAD].map(([seq, [code, hasDid]]) => [seq, code, hasDid]))
    const codes = new Set(reported.map(([, code]) => code))
    // What the system makes of a connection that is dropped differs from time to time.
    codes.delete('connection-failed')
    expect([...codes].toSorted(), context).toEqual([
      'connection-closed',
      'error-frame',
      'frame-too-large',
      'idle',
      'invalid-frame',
      'verification-failed',
    ])
    expect(Object.keys(chaos.done).length, context).toBe(14)
  }, 60_000)

  test('a program that stops again and again gets every event at least once', async () => {
    const seed = Math.floor(Math.random() * 2 ** 32)
    const chaos = new Chaos(recording(), seed)
    await using relay = await Relay.start(chaos.serve)
    const cursorStore = new MemoryCursorStore()
    const seen = new Set<number>()
    while (!seen.has(COUNT)) {
      let previous = 0
      let taken = 0
      for await (const event of subscribeRepos({
        service: relay.url,
        WebSocket,
        cursor: 0,
        cursorStore,
        reconnect: { min: 1, max: 2 },
        idleTimeout: 50,
        verify: 'none',
      })) {
        const seq = seqOf(event)
        expect(seq, `seed ${seed}`).toBeGreaterThan(previous)
        previous = seq
        seen.add(seq)
        if (++taken === 500 || seq === COUNT) break
      }
    }
    // Without verification, only what cannot be read is missing.
    const readable = Array.from({ length: COUNT }, (_, i) => i + 1).filter(
      (seq) => BAD.get(seq)?.[0] !== 'invalid-frame',
    )
    expect([...seen], `seed ${seed}`).toEqual(readable)
  }, 60_000)
})

function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  // The last bytes are those of the last block.
  copy[copy.length - 1]! ^= 1
  return copy
}

describe('collections', () => {
  const collections = ['app.bsky.feed.post', 'com.example.*'] as const

  test.each(['content', 'full'] as const)('are all that is handed out (%s)', async (verify) => {
    const pair = await createAccounts(2)
    const list = await commits(pair, 16)
    await using relay = await Relay.start((peer) => peer.sendAll(messages(list)))
    const keys = new Map(pair.map(({ did, keypair }) => [did, keypair.did]))
    const identity = { resolveKey: async (did: string) => keys.get(did)! }
    const options = { service: relay.url, collections, verify, identity }
    const subscription = subscribeRepos(options)
    const seqs: number[] = []
    const chains: unknown[] = []
    for await (const event of subscription) {
      if (event.kind !== 'commit') continue
      expect(event.ops.map(({ collection }) => collection)).toEqual(['app.bsky.feed.post'])
      seqs.push(event.seq)
      chains.push(event.verification?.chain?.status)
      if (event.seq === 14) break
    }
    const posts = list.flatMap(({ ops }, i) => (ops[0]!.path.includes('post/') ? [i + 1] : []))
    expect(seqs).toEqual(posts)
    // The likes between them have moved the cursor; the last post has not.
    expect(subscription.cursor).toBe(13)
    // That nothing is missing between two posts is only known to who has seen the likes.
    const expected = verify === 'full' ? 'synchronized' : undefined
    expect(chains.slice(2)).toEqual(chains.slice(2).map(() => expected))
  })
})

describe('verification', () => {
  test('in full, what another key signed is reported, and never handed out', async () => {
    const pair = await createAccounts(2)
    const [first, second] = pair.map(({ did }) => did)
    const list = await commits(pair, 20)
    await using relay = await Relay.start((peer) => peer.sendAll(messages(list)))
    // The key of one account is taken for that of both.
    const identity = { resolveKey: async () => pair[1]!.keypair.did }
    const reported: unknown[] = []
    const taken = await take(
      {
        service: relay.url,
        verify: 'full',
        identity,
        onError: (error, { did }) => void reported.push([error.code, did]),
      },
      20,
    )
    expect(taken.map((event) => 'did' in event && event.did)).toEqual(
      Array.from({ length: 10 }, () => second),
    )
    expect(reported).toEqual(Array.from({ length: 10 }, () => ['verification-failed', first]))
  })

  test('a frame that is text is refused', async () => {
    await using relay = await Relay.start(async (peer) => {
      await peer.send('{}')
      await peer.sendAll(messages(events.slice(0, 1)))
    })
    const reported: unknown[] = []
    const onError = (error: Error): void => void reported.push(error.message)
    await take({ service: relay.url, onError }, 1)
    expect(reported).toEqual(['The frame is text, where bytes are due'])
  })
})

test('what the service has lost already is an event, and FutureCursor an error', async () => {
  const info = frame({ op: 1, t: '#info' }, { name: 'OutdatedCursor', message: 'Too old' })
  await using relay = await Relay.start(async (peer) => {
    if (peer.cursor === 900) {
      await peer.send(frame({ op: -1 }, { error: 'FutureCursor' }))
    } else {
      await peer.send(info)
      await peer.sendAll(messages(events.slice(0, 3)))
    }
  })
  const reported: unknown[] = []
  const onError = ({ code, error }: FirehoseError): void => void reported.push([code, error])
  const subscription = subscribeRepos({ ...QUICKLY, service: relay.url, cursor: 900, onError })
  const kinds: unknown[] = []
  for await (const event of subscription) {
    kinds.push([event.kind, subscription.cursor])
    if (event.kind === 'commit' && event.seq === 3) break
  }
  expect(kinds).toEqual([
    ['info', 900],
    ['commit', 900],
    ['commit', 1],
    ['commit', 2],
  ])
  expect(reported).toEqual([['error-frame', 'FutureCursor']])
  const { lag } = subscription.stats
  expect(lag).toBeGreaterThanOrEqual(0)
  expect(lag).toBeLessThan(3_600_000)
})
