// Another service of the network, played by the test: a PDS passes calls on to it and vouches for the
// account with a token of its own making.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A call that the service got. */
export interface ServiceRequest {
  nsid: string
  /** The DID for which the PDS vouched. */
  issuer: string
  body: unknown
  headers: IncomingMessage['headers']
}

/** A service with a did:web of its own, whose one service entry is `#atproto_labeler`. */
export interface Service {
  did: `did:web:${string}`
  /** The calls so far. */
  requests: readonly ServiceRequest[]
  close(): Promise<void>
}

/** Opens a service on this machine that answers every call with what `answer` returns. */
export async function openService(answer: (request: ServiceRequest) => unknown): Promise<Service> {
  const requests: ServiceRequest[] = []
  const respond = async (incoming: IncomingMessage): Promise<unknown> => {
    if (incoming.url === '/.well-known/did.json') return didDocument
    const request = await readRequest(incoming)
    requests.push(request)
    return answer(request)
  }
  const server = createServer((incoming, response) => {
    respond(incoming).then(
      (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const did = `did:web:localhost%3A${port}` as const
  const didDocument = {
    id: did,
    service: [
      {
        id: '#atproto_labeler',
        type: 'AtprotoLabeler',
        serviceEndpoint: `http://localhost:${port}`,
      },
    ],
  }
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { did, requests, close }
}

async function readRequest(incoming: IncomingMessage): Promise<ServiceRequest> {
  const { url = '', method, headers } = incoming
  const [, claims = ''] = headers.authorization?.split('.') ?? []
  const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string }
  const nsid = new URL(url, 'http://localhost').pathname.slice('/xrpc/'.length)
  return { nsid, issuer: iss, headers, body: method === 'POST' ? await json(incoming) : undefined }
}
