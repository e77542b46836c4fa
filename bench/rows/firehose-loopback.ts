import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Firehose as SyncFirehose } from '@atproto/sync'
import { Firehose as SkywareFirehose } from '@skyware/firehose'
import { subscribeRepos } from 'atproto.ts/firehose'
import type { SubscribeReposOptions } from 'atproto.ts/firehose'
import { WebSocket as PackageWebSocket } from 'ws'
import { loadCommits } from '../corpus/frames.ts'
import type { Row, Side } from '../harness/row.ts'

const ROUNDS = 12
const CURSOR = 0

/** The whole way of the firehose: over a WebSocket on loopback to every record. */
export const firehoseLoopback: Row = {
  name: 'firehose-loopback',
  title:
    'Commits over a WebSocket on loopback, from a server in a process of its own that sends all it can, in time on the clock: from the connection to every record of every commit. The bare loops receive the bytes and do nothing with them: what more there is to gain.',
  async cases() {
    const { live } = loadCommits()
    const url = await startServer()
    const count = live.length
    const size = live.reduce((sum, { length }) => sum + length, 0) / count
    const sides: [Side, ...Side[]] = [
      receiving('atproto.ts', 'hashes, tree, operations, inversion', () =>
        receiveOurs(url, count, { WebSocket: PackageWebSocket }),
      ),
      receiving('the same with the WebSocket of Node', 'hashes, tree, operations, inversion', () =>
        receiveOurs(url, count, {}),
      ),
      receiving('the same, unverified', 'nothing', () =>
        receiveOurs(url, count, { WebSocket: PackageWebSocket, verify: 'none' }),
      ),
      receiving('bare loop of ws', 'nothing', () => receiveBare(PackageWebSocket, url, count)),
      receiving('bare loop of the WebSocket of Node', 'nothing', () =>
        receiveBare(WebSocket, url, count),
      ),
      receiving('@skyware/firehose', 'nothing', () => receiveWithSkyware(url, count)),
      receiving('@atproto/sync, unauthenticated', 'hashes', () => receiveWithSync(url, count)),
    ]
    const name = `commits as people write, of ${Math.round(size)} bytes on average`
    return [{ name, items: count, clock: 'wall', rounds: ROUNDS, sides }]
  },
}

/** @param receive Resolves to the number of commits, when it has all of them. */
function receiving(name: string, checks: string, receive: () => Promise<number>): Side {
  return { name, checks, run: receive, result: receive }
}

async function receiveOurs(
  service: string,
  count: number,
  options: SubscribeReposOptions,
): Promise<number> {
  let received = 0
  let records = 0
  for await (const event of subscribeRepos({
    ...options,
    service,
    cursor: CURSOR,
    onError: fail,
  })) {
    if (event.kind !== 'commit') continue
    for (const { record } of event.ops) if (record) records++
    if (++received === count) break
  }
  return records > 0 ? received : 0
}

function receiveBare(
  Constructor: typeof WebSocket | typeof PackageWebSocket,
  url: string,
  count: number,
): Promise<number> {
  const socket = new Constructor(url)
  socket.binaryType = 'arraybuffer'
  let received = 0
  return new Promise((resolve) => {
    socket.onmessage = () => {
      if (++received < count) return
      socket.close()
      resolve(received)
    }
  })
}

function receiveWithSkyware(relay: string, count: number): Promise<number> {
  const firehose = new SkywareFirehose({ relay, ws: PackageWebSocket, autoReconnect: false })
  let received = 0
  return new Promise((resolve, reject) => {
    firehose.on('error', ({ error }) => reject(error as Error))
    firehose.on('commit', () => {
      if (++received < count) return
      firehose.close()
      resolve(received)
    })
    firehose.start()
  })
}

async function receiveWithSync(service: string, count: number): Promise<number> {
  const seqs = new Set<number>()
  const firehose = new SyncFirehose({
    service,
    // Nobody is asked where nothing is authenticated.
    idResolver: undefined as never,
    unauthenticatedCommits: true,
    handleEvent({ seq }) {
      seqs.add(seq)
      if (seqs.size === count) void firehose.destroy()
    },
    onError: fail,
  })
  await firehose.start()
  return seqs.size
}

function fail(error: Error): never {
  throw error
}

async function startServer(): Promise<string> {
  const server = fork(join(import.meta.dirname, 'firehose-server.ts'))
  const [port] = (await once(server, 'message')) as [number]
  // It ends with this process, which shall not wait for it.
  server.unref()
  server.channel?.unref()
  return `ws://127.0.0.1:${port}`
}
