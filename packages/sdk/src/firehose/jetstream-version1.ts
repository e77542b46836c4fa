// Version one of Jetstream, which all services speak. Its cursors are times.
// https://github.com/bluesky-social/jetstream-legacy#consuming-jetstream
import { messageReader } from './jetstream-compression.ts'
import { FIRST_TIME_CURSOR, urlWith } from './jetstream-endpoint.ts'
import type { JetstreamEndpoint, JetstreamProtocol } from './jetstream-endpoint.ts'
import type { JetstreamFilter } from './jetstream-filter.ts'
import { placeOf, timeOf } from './jetstream-event.ts'
import { readJetstreamMessage } from './jetstream-message.ts'
import { RecentMap } from './recent-map.ts'

/**
 * How far before the cursor a connection begins, in microseconds. Where a service goes over from what
 * it has kept to what happens, later events may come before earlier ones.
 */
const REWIND = 5_000_000

/** How many events are known again: more than the network makes in that time. */
const RECENT_EVENTS = 2 ** 15

/** A longer URL may not get through: the service is told its filter over the connection instead. */
const MAX_URL_LETTERS = 4_000

/** Makes the protocol of version one. */
export function createVersion1(endpoint: JetstreamEndpoint): JetstreamProtocol {
  const textOf = messageReader(endpoint.compress)
  const recent = new RecentMap<true>(RECENT_EVENTS)
  let latest: number | undefined
  /** What the URL of the connection told the service. */
  let told: JetstreamFilter | undefined
  return {
    isOrdered: false,

    isCursor: (cursor) => cursor === 0 || cursor >= FIRST_TIME_CURSOR,

    url(cursor) {
      const { origin, compress, filter } = endpoint
      const stream = {
        cursor: cursor && cursor - REWIND,
        compress: compress && 'true',
      }
      told = filter
      const url = urlWith(`${origin}/subscribe`, { ...filter, ...stream })
      if (url.length <= MAX_URL_LETTERS) return url
      told = undefined
      return urlWith(`${origin}/subscribe`, { ...stream, requireHello: 'true' })
    },

    hello() {
      if (told === endpoint.filter) return undefined
      const { wantedCollections = [], wantedDids = [], maxMessageSizeBytes = 0 } = endpoint.filter
      const payload = { wantedCollections, wantedDids, maxMessageSizeBytes }
      return JSON.stringify({ type: 'options_update', payload })
    },

    read(message) {
      const event = readJetstreamMessage(textOf(message))
      const { seq, did } = placeOf(event)
      if (seq === undefined) return event
      const key = `${seq} ${did} ${event.kind === 'commit' ? event.ops[0].path : event.kind}`
      if (recent.get(key)) return undefined
      recent.set(key, true)
      latest = Math.max(seq, latest ?? 0)
      return event
    },

    // Asked right after an event was read.
    cursorOf: (event) => placeOf(event).seq && latest,

    timeOf,
  }
}
