// A `fetch` for addresses that strangers choose: it connects to the public internet alone. The check
// is made on the very address that is connected to, so that a name cannot resolve to one address for
// the check and to another for the connection.
import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import type { Duplex } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

import { IdentityError } from './identity-error.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.node.ts'

const decoders: Record<string, (() => Duplex) | undefined> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
}

/** How long a connection waits for its next request, in milliseconds. */
const IDLE_TIME = 4_000

/**
 * A `fetch` that connects to public addresses alone, and to this machine's own where that is allowed.
 * It follows no redirect. Its connections are its own: none that was made without the check is used.
 *
 * @param lookup Finds the addresses of a name.
 */
export function createPublicFetch(
  allowLoopback: boolean,
  lookup: LookupFunction = systemLookup,
): typeof globalThis.fetch {
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address))

  const checkedLookup: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const addresses = found as LookupAddress[]
      const refused = addresses.find(({ address }) => !isAllowed(address))
      if (refused) return callback(notPublic(host, refused.address), [])
      if (options.all) return callback(null, addresses)
      callback(null, addresses[0]!.address, addresses[0]!.family)
    })
  }

  const idle = { keepAlive: true, timeout: IDLE_TIME }
  const agents = { 'http:': new HttpAgent(idle), 'https:': new HttpsAgent(idle) }

  const send = (url: URL, { body, headers, method, signal }: Request): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const isSecure = url.protocol === 'https:'
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        agent: agents[isSecure ? 'https:' : 'http:'],
        headers: {
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'atproto.ts',
          ...Object.fromEntries(headers),
        },
        lookup: checkedLookup,
        method,
        signal,
      })
      request.on('response', resolve).on('error', (error: NodeJS.ErrnoException) => {
        // The host ended a waiting connection at the moment when it was taken up again.
        const wasUnheard = request.reusedSocket && error.code === 'ECONNRESET' && method === 'GET'
        if (wasUnheard) resolve(send(url, new Request(url, { headers, signal })))
        else reject(error)
      })
      if (body) pipeline(Readable.from(body), request, () => {})
      else request.end()
    })

  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    // A host that is an address is connected to without a lookup.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !isAllowed(literal)) throw notPublic(url.hostname, literal)
    return toResponse(await send(url, request))
  }
}

function notPublic(host: string, address: string): IdentityError {
  return new IdentityError(`${host} is at ${address}, which is not a public address.`, {
    code: 'not-public',
  })
}

function toResponse(incoming: IncomingMessage): Response {
  const { headersDistinct, statusCode: status = 0 } = incoming
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const createDecoder = decoders[headers.get('content-encoding') ?? '']
  if (createDecoder) {
    headers.delete('content-encoding')
    headers.delete('content-length')
  }
  // The reader of the body meets the error, of either stream.
  const body = createDecoder ? pipeline(incoming, createDecoder(), () => {}) : incoming
  const isEmpty = [204, 205, 304].includes(status)
  if (isEmpty) incoming.resume()
  return new Response(isEmpty ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>), {
    status,
    headers,
  })
}
