// One WebSocket from its making to its end. Nothing of it is left afterwards: no timer, no socket that
// keeps a process alive, no message that arrives late.

import { FirehoseError } from './firehose-error.ts'
import type { FirehoseErrorOptions } from './firehose-error.ts'
import type { WebSocketConstructor, WebSocketLike } from './web-socket.ts'

/** How a connection is made and watched. Times are in milliseconds. */
export interface ConnectionOptions {
  WebSocket: WebSocketConstructor
  openTimeout: number
  idleTimeout: number
}

/** An open connection, or one that is being opened. */
export class Connection {
  readonly #socket: WebSocketLike
  readonly #onEnd: (error: FirehoseError) => void
  #timer: ReturnType<typeof setTimeout>
  #isOpen = false
  #isSilent = false

  /**
   * @param hello Asked, when it is open, for what to send first.
   * @param onMessage Gets what arrives: bytes, or text.
   * @param onEnd Is told once why it ended, unless it was closed from here.
   * @throws what the WebSocket's constructor throws.
   */
  constructor(
    url: string,
    { WebSocket, openTimeout, idleTimeout }: ConnectionOptions,
    hello: () => string | undefined,
    onMessage: (data: Uint8Array | string) => void,
    onEnd: (error: FirehoseError) => void,
  ) {
    const socket = new WebSocket(url)
    this.#socket = socket
    this.#onEnd = onEnd
    this.#timer = setTimeout(() => {
      this.#end('connection-failed', `No connection within ${openTimeout} ms`)
    }, openTimeout)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      clearTimeout(this.#timer)
      this.#timer = setInterval(() => this.#watch(idleTimeout), idleTimeout)
      this.#isOpen = true
      const text = hello()
      if (text !== undefined) socket.send(text)
    }
    socket.onmessage = ({ data }: { data: ArrayBuffer | string }) => {
      this.#isSilent = false
      onMessage(typeof data === 'string' ? data : new Uint8Array(data))
    }
    // Some platforms tell of an error and then of the end, some of the error alone.
    socket.onerror = ({ message, error }: { message?: string; error?: unknown }) => {
      this.#end('connection-failed', message || 'The connection failed', error)
    }
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      const why = reason ? `${code}: ${reason}` : code
      this.#end('connection-closed', `The connection was closed (${why})`)
    }
    socket.on?.('pong', () => {
      this.#isSilent = false
    })
  }

  /** Sends a text to the service, unless the connection is still being opened. */
  send(text: string): void {
    if (this.#isOpen) this.#socket.send(text)
  }

  /** Ends it from here. */
  close(): void {
    const socket = this.#socket
    clearTimeout(this.#timer)
    socket.onopen = socket.onmessage = socket.onclose = null
    // What ends while it is being opened is an error to `ws`, and one that nobody hears ends a process.
    socket.onerror = () => {}
    socket.close()
    // A service that never answers the farewell would keep the process alive.
    socket.terminate?.()
  }

  /** Ends it after a span in which nothing was heard, not even the answer to a ping. */
  #watch(idleTimeout: number): void {
    if (this.#isSilent) return this.#end('idle', `Nothing arrived for ${idleTimeout} ms`)
    this.#isSilent = true
    this.#socket.ping?.()
  }

  #end(code: FirehoseErrorOptions['code'], message: string, cause?: unknown): void {
    this.close()
    this.#onEnd(new FirehoseError(message, { code, cause }))
  }
}
