// The part of the platform's WebSocket that streams use. That of the package `ws` has it as well.

/** A WebSocket, as far as streams use it. */
export interface WebSocketLike {
  binaryType: string
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  send(data: string): void
  close(): void
  /** Ends it without a farewell. Browsers have none. */
  terminate?(): void
  /** Asks the other side whether it is there. Browsers have none. */
  ping?(): void
  /** Tells of the answer to a ping. */
  on?(event: 'pong', listener: () => void): unknown
}

/** A constructor of WebSockets: the platform's own, or that of the package `ws`. */
export interface WebSocketConstructor {
  new (url: string): WebSocketLike
}
