// The two platforms of a resolver that is given nothing: Node, and one without DNS.
import { gzipSync } from 'node:zlib'

import { afterEach, expect, test, vi } from 'vitest'

import { IdentityWorld, plcDocument } from '../../test/identity-world.ts'
import { Loopback } from '../../test/loopback.ts'

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const HANDLE = 'alice.example.com'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.doUnmock('#network')
  vi.resetModules()
})

test('without Node, DNS is asked over HTTPS, and hosts by the platform', async () => {
  await using world = await IdentityWorld.open({
    web: {
      'cloudflare-dns.com/dns-query': { Status: 0, Answer: [{ type: 16, data: `"did=${DID}"` }] },
      [`plc.directory/${DID}`]: plcDocument(DID, { handle: HANDLE }),
    },
  })
  vi.stubGlobal('fetch', withGlobal(world, fetch))
  vi.resetModules()
  vi.doMock('#network', () => import('./network.web.ts'))
  const { IdentityResolver } = await import('./index.ts')
  const { did, handle } = await new IdentityResolver().resolve(HANDLE)
  expect({ did, handle }).toEqual({ did: DID, handle: HANDLE })
  expect(world.questions.toSorted()).toEqual([
    `alice.example.com/.well-known/atproto-did`,
    'cloudflare-dns.com/dns-query',
    `plc.directory/${DID}`,
  ])
})

test('without Node, a redirect that the platform hides is not followed', async () => {
  vi.resetModules()
  vi.doMock('#network', () => import('./network.web.ts'))
  const { IdentityResolver } = await import('./index.ts')
  // What a browser gives of a redirect: a response of status 0 and without headers.
  const hidden = Object.defineProperties(new Response(), {
    status: { value: 0 },
    ok: { value: false },
    type: { value: 'opaqueredirect' },
  })
  const resolver = new IdentityResolver({ dns: async () => [], fetch: async () => hidden })
  await expect(resolver.resolveHandle(HANDLE)).rejects.toMatchObject({ code: 'redirected' })
})

test('in Node, this machine is reached where that is allowed, and a bomb is cut off', async () => {
  const { IdentityResolver } = await import('./index.ts')
  let body = Buffer.alloc(0)
  await using server = await Loopback.start((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
  })
  const did = `did:web:localhost%3A${new URL(server.url).port}`
  const resolver = new IdentityResolver({ allowLoopback: true })
  body = Buffer.from(JSON.stringify(plcDocument(did)))
  expect((await resolver.resolveDid(did)).id).toBe(did)
  body = Buffer.alloc(2 ** 24)
  await expect(resolver.refresh(did)).rejects.toMatchObject({ code: 'body-too-large' })
})

/** The world in place of the internet; the server of the world itself is reached as before. */
function withGlobal(world: IdentityWorld, platform: typeof fetch): typeof fetch {
  return async (input, init) => {
    const { hostname } = new URL(new Request(input).url)
    return hostname === '127.0.0.1' ? platform(input, init) : world.fetch(input, init)
  }
}
