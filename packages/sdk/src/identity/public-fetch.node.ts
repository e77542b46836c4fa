// A `fetch` for addresses that strangers choose: it connects to the public internet alone. The check
// is made on the very address that is connected to, so that a name cannot resolve to one address for
// the check and to another for the connection.
import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

import { IdentityError } from './identity-error.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.node.ts'

const decoders = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
}

/**
 * A `fetch` for GET requests that connects to public addresses alone, and to this machine's own where
 * that is allowed. It follows no redirect and keeps no connection.
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

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    // A host that is an address is connected to without a lookup.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !isAllowed(literal)) throw notPublic(url.hostname, literal)
    const { headers, signal } = new Request(url, init)
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp
      send(url, {
        headers: {
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'atproto.ts',
          ...Object.fromEntries(headers),
        },
        lookup: checkedLookup,
        // Not shared with code that checks nothing.
        agent: false,
        signal,
      })
        .on('response', resolve)
        .on('error', reject)
        .end()
    })
    return toResponse(incoming)
  }
}

function notPublic(host: string, address: string): IdentityError {
  return new IdentityError(`${host} is at ${address}, which is not a public address.`, {
    code: 'not-public',
  })
}

function toResponse(incoming: IncomingMessage): Response {
  const { headers, statusCode: status = 0 } = incoming
  const createDecoder = decoders[headers['content-encoding'] as keyof typeof decoders]
  // The reader of the body meets the error, of either stream.
  const body = createDecoder ? pipeline(incoming, createDecoder(), () => {}) : incoming
  const kept = (['content-type', 'location'] as const).flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, value] as [string, string]]
  })
  const isEmpty = [204, 205, 304].includes(status)
  if (isEmpty) incoming.resume()
  return new Response(isEmpty ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>), {
    status,
    headers: kept,
  })
}
