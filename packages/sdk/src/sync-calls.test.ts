import { expect, test, vi } from 'vitest'

import { commitFrame, commits, createAccounts } from '../test/firehose/recording.ts'
import { Relay } from '../test/firehose/relay.ts'
import { consume } from './firehose/index.ts'
import type { RepoEvent } from './firehose/index.ts'
import { PdsFinder } from './identity/index.ts'
import { ATProto } from './index.ts'

const startRelay = async () => {
  const events = await commits(await createAccounts(1), 5)
  const messages = events.map((event, i) => ({ seq: i + 1, data: commitFrame(event, i + 1) }))
  return Relay.start((peer) => peer.sendAll(messages))
}

test('the firehose of the service that the ATProto was given is iterated at once', async () => {
  await using relay = await startRelay()
  const atproto = ATProto.anonymous({ service: relay.url })
  await using events = atproto.sync.subscribeRepos({ service: undefined, cursor: 0 })
  const seqs: unknown[] = []
  expect(events.cursor).toBeUndefined()
  for await (const event of events) {
    if (event.kind !== 'commit') continue
    seqs.push(event.seq)
    expect(event.verification).toMatchObject({ inversion: 'verified' })
    if (event.seq === 5) await events.close()
  }
  expect(seqs).toEqual([1, 2, 3, 4, 5])
  expect(events.cursor).toBeGreaterThanOrEqual(4)
})

test('it is consumed when it is loaded', async () => {
  await using relay = await startRelay()
  const loading = ATProto.anonymous().sync.subscribeRepos({ service: relay.url, cursor: 0 })
  const events = await loading.loaded
  const seen: RepoEvent[] = []
  await consume(events, async (event) => {
    seen.push(event)
    if (seen.length === 5) void events.close()
  })
  expect(seen).toHaveLength(5)
  expect(events.stats.events).toBe(5)
})

test('an option that is wrong is told to whoever iterates', async () => {
  const events = ATProto.anonymous().sync.subscribeRepos({ service: 'not a host' })
  await expect(Array.fromAsync(events)).rejects.toThrow('Not a host name or URL')
  await expect(events.close()).rejects.toThrow(TypeError)
})

test('a service of auto means the relay', async () => {
  const urls: string[] = []
  const NoSocket = vi.fn<(url: string) => never>(function open(url) {
    urls.push(url)
    throw new Error('no network')
  })
  const { sync } = ATProto.anonymous({ service: 'auto', identity: new PdsFinder() })
  const stop = new AbortController()
  const events = sync.subscribeRepos({
    signal: stop.signal,
    WebSocket: NoSocket,
    onError: () => stop.abort(),
  })
  expect(await Array.fromAsync(events)).toEqual([])
  expect(urls).toEqual(['wss://bsky.network/xrpc/com.atproto.sync.subscribeRepos'])
})
