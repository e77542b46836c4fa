// How a subscription is doing, for those who operate it.

/** Counts since the subscription began, and how it stands now. */
export interface SubscriptionStats {
  /** Events that were handed out. */
  events: number
  /** Messages that arrived, and their bytes. */
  messages: number
  bytes: number
  /** Messages that repeated what had arrived before, and were left out. */
  duplicates: number
  /** Messages that could not be read, and were left out. */
  badFrames: number
  /** Events that did not stand their verification, and were left out. */
  verificationFailures: number
  /** Connections that were made after the first one. */
  reconnects: number
  /** How many of those were made because the queue had been full. */
  pauses: number
  /** What waits to be handed out. */
  queue: { events: number; bytes: number }
  /** How long before now the last event that was handed out took place, in milliseconds. */
  lag?: number | undefined
}
