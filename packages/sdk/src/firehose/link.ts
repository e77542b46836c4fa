// One WebSocket after another. Nothing is left of one that has ended: no timer, no message that arrives
// late, nothing that keeps a process alive.

import { FirehoseError } from './firehose-error.ts'
import type { FirehoseErrorCode } from './firehose-error.ts'
import type { WebSocketConstructor, WebSocketLike } from './web-socket.ts'

/** How long to wait before the next connection, in milliseconds. */
export interface ReconnectOptions {
  /** The first wait. Each further one is twice as long. @default 1_000 */
  min?: number | undefined
  /** The longest wait. A connection that lasted as long makes the next wait short again. @default 60_000 */
  max?: number | undefined
}

/** How connections are made and watched. Times are in milliseconds. */
export interface LinkOptions {
  /**
   * The constructor of WebSockets; that of the package `ws` will do. It alone can ask a service that
   * is quiet whether it is there, and let go of one that does not answer: Node's own keeps the process
   * alive until such a service has gone. @default the platform's own
   */
  WebSocket?: WebSocketConstructor | undefined
  /** How long to wait before connecting again. */
  reconnect?: ReconnectOptions | undefined
  /** How long a connection may take to open. @default 15_000 */
  openTimeout?: number | undefined
  /**
   * How long nothing may arrive, not even the answer to a ping where the platform has pings, before a
   * new connection is made; at most twice as long. @default 60_000
   */
  idleTimeout?: number | undefined
}

/** What a link asks and tells. */
export interface LinkEvents {
  /** Where to connect. */
  url(): string
  /** What to send when a connection is open. */
  hello(): string | undefined
  /** A connection is open. */
  opened(): void
  message(data: Uint8Array | string): void
  /** A connection ended, or could not be made. The next one is on its way. */
  lost(error: FirehoseError): void
}

/** A connection that comes back. */
export class Link {
  /** How many connections were begun after the first one. */
  reconnects = 0
  readonly #options: LinkOptions
  readonly #WebSocket: WebSocketConstructor
  readonly #on: LinkEvents
  #socket: WebSocketLike | undefined
  /** Of the opening, then of the watchdog, then of the wait for the next connection. */
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOpen = false
  #isSilent = false
  #begun = 0
  #delay = 0

  /** @throws TypeError where neither the options nor the platform have a WebSocket. */
  constructor(options: LinkOptions, on: LinkEvents) {
    this.#options = options
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket
    this.#on = on
    if (!this.#WebSocket) throw new TypeError('This platform has no WebSocket: give one')
  }

  /** Connects now. */
  open(): void {
    const { openTimeout = 15_000, idleTimeout = 60_000 } = this.#options
    if (this.#begun) this.reconnects++
    this.#begun = performance.now()
    this.#timer = setTimeout(() => this.#expire('connection-failed', openTimeout), openTimeout)
    try {
      this.#listen(new this.#WebSocket(this.#on.url()), idleTimeout)
    } catch (error) {
      this.#lose('connection-failed', String(error), error)
    }
  }

  /** Ends the connection and makes another after a wait. */
  reopen(): void {
    this.close()
    const { min = 1_000, max = 60_000 } = this.#options.reconnect ?? {}
    const isHealthy = performance.now() - this.#begun >= max
    this.#delay = isHealthy ? min : Math.min(Math.max(this.#delay * 2, min), max)
    // Clients that lost the same service at the same time shall not come back at the same time.
    this.#timer = setTimeout(() => this.open(), this.#delay * (1 - Math.random() / 2))
  }

  /** Sends a text, unless there is no open connection just now: the next one begins with a hello. */
  send(text: string): void {
    if (this.#isOpen) this.#socket?.send(text)
  }

  /** Ends the connection, where there is one, and makes another at once. */
  renew(): void {
    if (!this.#socket) return
    this.close()
    this.open()
  }

  /** Ends the connection, or the wait for one. */
  close(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#isOpen = false
    clearTimeout(this.#timer)
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    // What ends while it is being opened is an error to `ws`, and one that nobody hears ends a process.
    socket.onerror = () => {}
    socket.close()
    // A service that never answers the farewell would keep the process alive.
    socket.terminate?.()
  }

  #listen(socket: WebSocketLike, idleTimeout: number): void {
    const on = this.#on
    const hear = (): void => {
      this.#isSilent = false
    }
    hear()
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.#isOpen = true
      clearTimeout(this.#timer)
      this.#timer = setInterval(() => {
        if (this.#isSilent) return this.#expire('idle', idleTimeout)
        this.#isSilent = true
        socket.ping?.()
      }, idleTimeout)
      const text = on.hello()
      if (text !== undefined) socket.send(text)
      on.opened()
    }
    socket.onmessage = ({ data }: { data: ArrayBuffer | string }) => {
      hear()
      on.message(typeof data === 'string' ? data : new Uint8Array(data))
    }
    // Some platforms tell of an error and then of the end, some of the error alone.
    socket.onerror = ({ message, error }: { message?: string; error?: unknown }) => {
      this.#lose('connection-failed', message || 'The connection failed', error)
    }
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      this.#lose('connection-closed', `The connection was closed: ${code} ${reason}`)
    }
    socket.on?.('pong', hear)
  }

  #expire(code: FirehoseErrorCode, milliseconds: number): void {
    this.#lose(code, `Nothing arrived for ${milliseconds} ms`)
  }

  #lose(code: FirehoseErrorCode, message: string, cause?: unknown): void {
    this.reopen()
    this.#on.lost(new FirehoseError(message, { code, cause }))
  }
}
