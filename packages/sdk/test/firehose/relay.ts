// A service of streams on the loopback address, for tests of what services do to those who subscribe.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

/** One message of a stream. */
export interface Message {
  seq: number
  data: Uint8Array | string
  /** It is not as it should be. */
  isBad?: boolean
}

/** Somebody who is connected. */
export class Peer {
  readonly socket: WebSocket
  /** What the peer asked for. */
  readonly cursor: number | undefined
  readonly url: string
  /** Resolves when the connection has ended. */
  readonly closed: Promise<unknown>
  #wasSent = 0

  constructor(socket: WebSocket, request: IncomingMessage) {
    this.socket = socket
    this.url = request.url ?? ''
    const cursor = new URL(this.url, 'ws://relay').searchParams.get('cursor')
    this.cursor = cursor === null ? undefined : Number(cursor)
    this.closed = once(socket, 'close')
    // What is cut off while it is being sent is an error of its own.
    socket.on('error', () => undefined)
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  /** Bytes that were handed to the system. */
  get wasSent(): number {
    return this.#wasSent
  }

  /** Sends, and resolves when the system has taken it; false where the connection has ended. */
  send(data: Uint8Array | string): Promise<boolean> {
    return new Promise((resolve) => {
      this.socket.send(data, (error) => {
        if (!error) this.#wasSent += data.length
        resolve(!error)
      })
    })
  }

  /** Sends all messages after the peer's cursor. */
  async sendAll(messages: readonly Message[]): Promise<void> {
    for (const { seq, data } of messages) {
      if (seq > (this.cursor ?? 0) && !(await this.send(data))) return
    }
  }
}

/** Serves each peer as it is told; `await using` closes it and every connection. */
export class Relay implements AsyncDisposable {
  readonly peers: Peer[] = []
  readonly #server: WebSocketServer

  private constructor(server: WebSocketServer, serve: (peer: Peer, index: number) => unknown) {
    this.#server = server
    server.on('connection', (socket, request) => {
      const peer = new Peer(socket, request)
      serve(peer, this.peers.push(peer) - 1)
    })
  }

  /** @param serve Is given each peer, and how many there were before. */
  static async start(serve: (peer: Peer, index: number) => unknown, port = 0): Promise<Relay> {
    const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false })
    await once(server, 'listening')
    return new Relay(server, serve)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  /** The cursors with which the peers came. */
  get cursors(): (number | undefined)[] {
    return this.peers.map(({ cursor }) => cursor)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.peers) socket.terminate()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
