// Version two of Jetstream. Its cursors are numbers that one service counts.
// https://github.com/bluesky-social/jetstream/blob/main/lexicons/network/bsky/jetstream/subscribeEvents.json
import { FirehoseError } from './firehose-error.ts'
import { dictionaryId, messageReader } from './jetstream-compression.ts'
import { FIRST_TIME_CURSOR, urlWith } from './jetstream-endpoint.ts'
import type { JetstreamEndpoint, JetstreamProtocol } from './jetstream-endpoint.ts'
import { placeOf, timeOf } from './jetstream-event.ts'
import { readJetstreamMessage } from './jetstream-message.ts'

const DIAGNOSIS_TIMEOUT = 10_000

/** Makes the protocol of version two. */
export function createVersion2(endpoint: JetstreamEndpoint): JetstreamProtocol {
  const textOf = messageReader(endpoint.compress)
  const zstdDictionary = endpoint.compress && dictionaryId(endpoint.compress.dictionary)
  let url = ''
  /** What the connection was begun from, until its first event. */
  let asked: number | undefined
  let isTooOld = false
  return {
    // A service may have started anew, with lower numbers.
    isOrdered: false,

    isCursor: (cursor) => cursor >= 0,

    url(cursor) {
      const { origin, filter } = endpoint
      const { wantedCollections: collections, wantedDids: dids, ...others } = filter
      asked = cursor
      // The oldest event there is has a number that nobody knows, and of numbers the service refuses
      // those that it no longer has. From a time before all events it begins with the oldest.
      const from = cursor === 0 || isTooOld ? FIRST_TIME_CURSOR : cursor
      const parameters = { collections, dids, ...others, zstdDictionary, cursor: from }
      url = urlWith(`${origin}/xrpc/network.bsky.jetstream.subscribeEvents`, parameters)
      return url
    },

    read(message) {
      const event = readJetstreamMessage(textOf(message))
      const { seq } = placeOf(event)
      if (seq === undefined || asked === undefined) return event
      const cursor = asked
      asked = undefined
      isTooOld = false
      // The event at the cursor is sent again.
      if (seq === cursor) return undefined
      if (seq > cursor || cursor >= FIRST_TIME_CURSOR) return event
      throw new FirehoseError(`The service is at ${seq}, and the cursor ${cursor} of another one`, {
        code: 'error-frame',
        error: 'FutureCursor',
      })
    },

    cursorOf: (event) => placeOf(event).seq,

    timeOf,

    async diagnose() {
      if (!asked || asked >= FIRST_TIME_CURSOR) return
      const timeout = AbortSignal.timeout(DIAGNOSIS_TIMEOUT)
      const signal = AbortSignal.any([endpoint.closing.signal, timeout])
      try {
        const answer = await fetch(url.replace('ws', 'http'), { signal })
        const { error } = (await answer.json()) as { error?: unknown }
        isTooOld = error === 'CursorTooOld'
      } catch {
        // That the connection failed has been reported, and it is tried again.
      }
    },
  }
}
