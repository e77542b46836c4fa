// DNS over HTTPS for programs under test: TXT records, at a port of this machine.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const TXT = 16
const NXDOMAIN = 3

/** A name server with a JSON interface. */
export class TxtRecords implements AsyncDisposable {
  /** The texts by their name. */
  readonly records = new Map<string, string>()
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
      const data = this.records.get(searchParams.get('name') ?? '')
      response.setHeader('content-type', 'application/dns-json')
      response.end(
        JSON.stringify(data ? { Status: 0, Answer: [{ type: TXT, data }] } : { Status: NXDOMAIN }),
      )
    })
  }

  static async serve(): Promise<TxtRecords> {
    const names = new TxtRecords()
    names.#server.listen(0, '127.0.0.1')
    await once(names.#server, 'listening')
    return names
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((settle) => this.#server.close(settle))
  }
}
