// What a caller can say about a subscription, whichever stream it is of.

import type { CursorOptions } from './cursor-keeper.ts'
import type { FirehoseError } from './firehose-error.ts'
import type { LinkOptions } from './link.ts'
import type { SubscriptionStats } from './subscription-stats.ts'

/** Where in a stream something went wrong, as far as that is known. */
export interface StreamPlace {
  seq?: number | undefined
  did?: string | undefined
}

/** The options that every subscription has. */
export interface SubscriptionOptions extends CursorOptions, LinkOptions {
  /** Ends the subscription, as its `close` does. */
  signal?: AbortSignal | undefined
  /**
   * How many bytes of events may wait for the program. Beyond that the connection is closed, and made
   * again from the last of them when half of them are gone. @default 8 MiB
   */
  maxQueueBytes?: number | undefined
  /**
   * Is told of what the stream went on after: frames and events that were refused and left out, lost
   * connections, cursors that could not be saved. Without it, they are counted in the statistics alone.
   * What it throws ends the subscription, and is what its iteration throws.
   */
  onError?: ((error: FirehoseError, place: StreamPlace) => void) | undefined
  /**
   * Is told whenever a connection is open: what happens from then on arrives. What it throws ends the
   * subscription, as with `onError`.
   */
  onOpen?: (() => void) | undefined
  /** Is told how the subscription is doing, every `statsInterval`. */
  onStats?: ((stats: SubscriptionStats) => void) | undefined
  /** In milliseconds. @default 10_000 */
  statsInterval?: number | undefined
}
