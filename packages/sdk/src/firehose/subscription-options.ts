// What a caller can say about a subscription, whichever stream it is of.

import type { CursorStore } from './cursor-store.ts'
import type { FirehoseError } from './firehose-error.ts'
import type { ReconnectOptions } from './link.ts'
import type { SubscriptionStats } from './subscription-stats.ts'
import type { WebSocketConstructor } from './web-socket.ts'

/** Where in a stream something went wrong, as far as that is known. */
export interface StreamPlace {
  seq?: number | undefined
  did?: string | undefined
}

/** The options that every subscription has. */
export interface SubscriptionOptions {
  /**
   * Where to begin: after the event with this number; 0 is the oldest event that the service still
   * has. Without one, with the next event that happens. What the store has goes first.
   */
  cursor?: number | undefined
  /** Where the cursor is kept from one run to the next. */
  cursorStore?: CursorStore | undefined
  /** At most so often the cursor is stored, in milliseconds; and once more at the end. @default 5_000 */
  saveInterval?: number | undefined
  /** Ends the subscription, as its `close` does. */
  signal?: AbortSignal | undefined
  /**
   * How many bytes of events may wait for the program. Beyond that the connection is closed, and made
   * again from the last of them when half of them are gone. @default 8 MiB
   */
  maxQueueBytes?: number | undefined
  /** How long to wait before connecting again. */
  reconnect?: ReconnectOptions | undefined
  /** How long a connection may take to open, in milliseconds. @default 15_000 */
  openTimeout?: number | undefined
  /**
   * After how long without a message the service is asked by a ping whether it is there, in
   * milliseconds; and after as long again without an answer, or where the platform has no pings, a new
   * connection is made. @default 60_000
   */
  idleTimeout?: number | undefined
  /**
   * Is told of what the stream went on after: frames and events that were refused and left out, lost
   * connections, cursors that could not be saved. Without it, they are counted in the statistics alone.
   * What it throws ends the subscription, and is what its iteration throws.
   */
  onError?: ((error: FirehoseError, place: StreamPlace) => void) | undefined
  /** Is told how the subscription is doing, every `statsInterval`. */
  onStats?: ((stats: SubscriptionStats) => void) | undefined
  /** In milliseconds. @default 10_000 */
  statsInterval?: number | undefined
  /**
   * The constructor of WebSockets; that of the package `ws` will do. It alone can ask a service that
   * is quiet whether it is there. @default the platform's own
   */
  WebSocket?: WebSocketConstructor | undefined
}
