// A real HTTP server on the loopback address, for tests of what servers do to clients.
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request that arrived, its body read to the end. */
export interface ReceivedRequest {
  method: string
  /** The path, query included. */
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

export type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** A server that answers as it is told; `await using` closes it and every connection. */
export class Loopback implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = []
  readonly #server = createServer((request, response) => void this.#receive(request, response))
  readonly #answer: Answer

  private constructor(answer: Answer) {
    this.#answer = answer
  }

  static async start(answer: Answer): Promise<Loopback> {
    const loopback = new Loopback(answer)
    await new Promise<void>((resolve) => loopback.#server.listen(0, '127.0.0.1', resolve))
    return loopback
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await buffer(request),
    }
    this.requests.push(received)
    await this.#answer(received, response)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** The URL of a port on which nobody listens. */
export async function deadUrl(): Promise<string> {
  const loopback = await Loopback.start(() => {})
  const { url } = loopback
  await loopback[Symbol.asyncDispose]()
  return url
}
