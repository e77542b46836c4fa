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
  /** What to send when a connection is open, and when there is something new to say. */
  hello(): string | undefined
  /** A connection is open. */
  opened(): void
  message(data: Uint8Array | string): void
  /** A connection ended, or could not be made. The next one is on its way. */
  lost(error: FirehoseError): void
}

/** A connection that comes back. */
export interface Link {
  /** Connects now. */
  open(): void
  /** Ends the connection and makes another after a wait. */
  reopen(): void
  /** Says hello again; where there is nothing to say, a new connection is made at once. */
  readonly renew: () => void
  /** Ends the connection, or the wait for one. */
  close(): void
}

/**
 * Makes a link, which is closed.
 *
 * @throws TypeError where neither the options nor the platform have a WebSocket.
 */
export function createLink(options: LinkOptions, on: LinkEvents): Link {
  const { openTimeout = 15_000, idleTimeout = 60_000 } = options
  const WebSocket: WebSocketConstructor | undefined = options.WebSocket ?? globalThis.WebSocket
  const { min = 1_000, max = 60_000 } = options.reconnect ?? {}
  if (!WebSocket) throw new TypeError('This platform has no WebSocket: give one')
  let socket: WebSocketLike | undefined
  /** Of the watchdog, or of the wait for the next connection. */
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOpen = false
  let isSilent = true
  /** When the connection was open; never, for one that did not come to that. */
  let begun = Infinity
  let delay = 0

  /** Gives up the connection where nothing is heard from one check to the next. */
  const watch = (code: FirehoseErrorCode, interval: number): void => {
    clearTimeout(timer)
    timer = setInterval(() => {
      if (isSilent) return lose(code, `Nothing arrived for ${interval} ms`)
      isSilent = true
      socket?.ping?.()
    }, interval)
  }

  const hear = (): void => {
    isSilent = false
  }

  const open = (): void => {
    begun = Infinity
    isSilent = true
    watch('connection-failed', openTimeout)
    try {
      socket = new WebSocket(on.url())
    } catch (error) {
      return lose('connection-failed', String(error), error)
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      isOpen = true
      begun = performance.now()
      hear()
      watch('idle', idleTimeout)
      const text = on.hello()
      if (text !== undefined) socket?.send(text)
      on.opened()
    }
    socket.onmessage = ({ data }: { data: ArrayBuffer | string }) => {
      hear()
      on.message(typeof data === 'string' ? data : new Uint8Array(data))
    }
    // Some platforms tell of an error and then of the end, some of the error alone.
    socket.onerror = ({ message, error }: { message?: string; error?: unknown }) => {
      lose('connection-failed', message || 'The connection failed', error)
    }
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      lose('connection-closed', `The connection was closed: ${code} ${reason}`)
    }
    socket.on?.('pong', hear)
  }

  const close = (): void => {
    const ended = socket
    socket = undefined
    isOpen = false
    clearTimeout(timer)
    if (!ended) return
    ended.onopen = ended.onmessage = ended.onclose = null
    // What ends while it is being opened is an error to `ws`, and one that nobody hears ends a process.
    ended.onerror = () => {}
    ended.close()
    // A service that never answers the farewell would keep the process alive.
    ended.terminate?.()
  }

  const reopen = (): void => {
    close()
    const isHealthy = performance.now() - begun >= max
    delay = isHealthy ? min : Math.min(Math.max(delay * 2, min), max)
    // Clients that lost the same service at the same time shall not come back at the same time.
    timer = setTimeout(open, delay * (1 - Math.random() / 2))
  }

  const lose = (code: FirehoseErrorCode, message: string, cause?: unknown): void => {
    reopen()
    on.lost(new FirehoseError(message, { code, cause }))
  }

  return {
    open,
    reopen,
    renew() {
      const text = socket && on.hello()
      if (isOpen && text !== undefined) socket?.send(text)
      else if (socket && text === undefined) {
        close()
        open()
      }
    },
    close,
  }
}
