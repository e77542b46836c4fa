// Streams whose cursors rise: what is not past the last one is a repetition.
import type { FirehoseError } from './firehose-error.ts'
import type { StreamProtocol } from './stream-protocol.ts'

/** Makes a protocol that leaves out repetitions of one whose cursors always rise. */
export function ordered<Event extends object>(
  protocol: StreamProtocol<Event>,
): StreamProtocol<Event> {
  let received = -1
  /** The furthest bad message since then. It is asked for again, unless something follows it. */
  let refused = -1
  return {
    ...protocol,

    url(cursor) {
      received = cursor ?? -1
      return protocol.url(cursor)
    },

    read(message) {
      try {
        const event = protocol.read(message)
        const cursor = event && typeof event === 'object' ? protocol.cursorOf(event) : event
        if (typeof cursor !== 'number') return event
        if (cursor <= received) return null
        received = cursor
        refused = -1
        return event
      } catch (error) {
        const { seq } = error as FirehoseError
        if (seq === undefined) throw error
        if (seq <= received) return null
        // What is bad the second time is so for good; it may only have been cut off the first time.
        if (seq <= refused) {
          received = seq
          return seq
        }
        refused = seq
        throw error
      }
    },
  }
}
