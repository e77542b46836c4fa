import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ATProto } from 'atproto.ts'
import type { Row, Side } from '../harness/row.ts'

const CALLS = 200
const QUERY = 'repo=did%3Aplc%3Aalice&collection=app.bsky.feed.post&rkey=3k2yihcrp6f2c'

/** What the client adds to the platform's own fetch. */
export const xrpcCall: Row = {
  name: 'xrpc-call',
  title:
    'One call after the other to a server on loopback, in time on the clock: the network is as fast as it can be, so what a client adds weighs the most. A call that can be cancelled costs the platform more than one that cannot.',
  async cases() {
    const url = await startServer()
    const session = { service: url, did: 'did:plc:alice', handle: 'alice.test' } as const
    const atproto = ATProto.fromSession({ ...session, accessJwt: 'token', refreshJwt: 'refresh' })
    const place = { collection: 'app.bsky.feed.post', rkey: '3k2yihcrp6f2c' } as const
    const bare = async (init: RequestInit) => {
      const headers = { authorization: 'Bearer token' }
      const response = await fetch(`${url}/xrpc/com.atproto.repo.getRecord?${QUERY}`, {
        headers,
        ...init,
      })
      if (!response.ok) throw new Error(`Status ${response.status}`)
      return (await response.json()) as unknown
    }
    const sides: [Side, ...Side[]] = [
      calling('atproto.ts', 'status, JSON, time limit, expired token', async () => {
        const { data } = await atproto.repo.getRecord(place)
        return data
      }),
      calling('fetch', 'status, JSON', () => bare({})),
      calling('fetch with a time limit', 'status, JSON, time limit', async () => {
        const limit = new AbortController()
        const timer = setTimeout(() => limit.abort(), 30_000)
        try {
          return await bare({ signal: limit.signal })
        } finally {
          clearTimeout(timer)
        }
      }),
    ]
    return [{ name: 'getRecord', items: CALLS, clock: 'wall', sides }]
  },
}

function calling(name: string, checks: string, call: () => Promise<unknown>): Side {
  const run = async () => {
    for (let n = 0; n < CALLS; n++) await call()
  }
  return { name, checks, run, result: call }
}

async function startServer(): Promise<string> {
  const server = fork(join(import.meta.dirname, 'loopback-server.ts'))
  const [port] = (await once(server, 'message')) as [number]
  // It ends with this process, which shall not wait for it.
  server.unref()
  server.channel?.unref()
  return `http://127.0.0.1:${port}`
}
