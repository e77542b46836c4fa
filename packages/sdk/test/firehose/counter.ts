// The simplest stream there is: each message is a number as text, which is its cursor as well.
import { createEventCheck } from '../../src/firehose/event-check.ts'
import type { Check } from '../../src/firehose/event-check.ts'
import { FirehoseError } from '../../src/firehose/firehose-error.ts'
import { ordered } from '../../src/firehose/ordered-protocol.ts'
import type { StreamProtocol } from '../../src/firehose/stream-protocol.ts'
import { createSubscription } from '../../src/firehose/subscription.ts'
import type { Subscription } from '../../src/firehose/subscription.ts'
import type { SubscriptionOptions } from '../../src/firehose/subscription-options.ts'
import type { Message } from './relay.ts'

/** An event of the stream. */
export interface Count {
  seq: number
  did?: string
}

/** The messages with the numbers from one to another. */
export function counts(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, data: `${from + i}` }))
}

/**
 * How the stream is read. `bad 7` is a bad message in the place 7, `skip 7` one that is not wanted,
 * `error Word` an error of the service, and any other word an event without a place.
 */
export function countProtocol(url: string): StreamProtocol<Count> {
  return {
    url: (cursor) => (cursor === undefined ? url : `${url}?cursor=${cursor}`),
    read(message) {
      const [word = '', rest = word] = String(message).split(' ')
      const seq = Number(rest)
      switch (word) {
        case 'error':
          throw new FirehoseError('An error', { code: 'error-frame', error: rest })
        case 'bad':
          throw new FirehoseError('Bad', { code: 'invalid-frame', seq: seq || undefined })
        case 'skip':
          return seq
        case 'nothing':
          return undefined
        default:
          return { seq }
      }
    },
    cursorOf: ({ seq }) => (Number.isNaN(seq) ? undefined : seq),
    timeOf: ({ seq }) => seq,
  }
}

/** A subscription to it that loses no time. */
export function subscribeCounts(
  url: string,
  options: SubscriptionOptions = {},
  { check, isOrdered = true }: { check?: Check<Count>; isOrdered?: boolean } = {},
): Subscription<Count> {
  const protocol = { ...countProtocol(url), ...(check && { check: createEventCheck(check) }) }
  return createSubscription(() => (isOrdered ? ordered(protocol) : protocol), {
    reconnect: { min: 1, max: 4 },
    ...options,
  })
}
