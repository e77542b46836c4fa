// Keeps one connection up: after each loss it waits, and connects again.

import { Connection } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'

/** How long to wait before the next connection, in milliseconds. */
export interface ReconnectOptions {
  /** The first wait. Each further one is twice as long. @default 1_000 */
  min?: number | undefined
  /** The longest wait. A connection that lasted as long makes the next wait short again. @default 60_000 */
  max?: number | undefined
}

/** How a link makes its connections, every setting decided. */
export interface LinkOptions extends ConnectionOptions {
  reconnect: { min: number; max: number }
}

/** A connection that comes back. */
export class Link {
  /** How many connections were begun. */
  attempts = 0
  readonly #options: LinkOptions
  readonly #url: () => string
  readonly #hello: () => string | undefined
  readonly #onMessage: (data: Uint8Array | string) => void
  readonly #onLoss: (error: unknown) => void
  #connection: Connection | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #delay = 0
  #begun = 0

  /**
   * @param url Asked before each connection.
   * @param hello Asked when a connection is open, for what to send first.
   * @param onLoss Is told why a connection ended or could not be made. The next one is on its way.
   */
  constructor(
    options: LinkOptions,
    url: () => string,
    hello: () => string | undefined,
    onMessage: (data: Uint8Array | string) => void,
    onLoss: (error: unknown) => void,
  ) {
    this.#options = options
    this.#url = url
    this.#hello = hello
    this.#onMessage = onMessage
    this.#onLoss = onLoss
  }

  /** Connects now. */
  open(): void {
    this.attempts++
    this.#begun = performance.now()
    const onEnd = (error: unknown) => {
      this.reopen()
      this.#onLoss(error)
    }
    try {
      this.#connection = new Connection(
        this.#url(),
        this.#options,
        this.#hello,
        this.#onMessage,
        onEnd,
      )
    } catch (error) {
      onEnd(error)
    }
  }

  /** Ends the connection and makes another after a wait. */
  reopen(): void {
    this.close()
    const { min, max } = this.#options.reconnect
    const isHealthy = performance.now() - this.#begun >= max
    this.#delay = isHealthy ? min : Math.min(Math.max(this.#delay * 2, min), max)
    // Clients that lost the same service at the same time shall not come back at the same time.
    this.#timer = setTimeout(() => this.open(), this.#delay * (1 - Math.random() / 2))
  }

  /** Sends a text, unless there is no open connection just now. */
  send(text: string): void {
    this.#connection?.send(text)
  }

  /** Makes a new connection in place of the one that there is. Where there is none, none is made. */
  renew(): void {
    if (!this.#connection) return
    this.close()
    this.open()
  }

  /** Ends the connection, or the wait for one. */
  close(): void {
    clearTimeout(this.#timer)
    this.#connection?.close()
    this.#connection = undefined
  }
}
