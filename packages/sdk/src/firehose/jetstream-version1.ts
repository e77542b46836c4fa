// Version one of Jetstream, which all services speak. Its cursors are times.
// https://github.com/bluesky-social/jetstream-legacy#consuming-jetstream
import { RecentMap } from '../base/index.ts'
import type { FirehoseError } from './firehose-error.ts'
import { isTimeCursor, urlWith } from './jetstream-endpoint.ts'
import type { JetstreamEndpoint } from './jetstream-endpoint.ts'
import type { JetstreamFilter } from './jetstream-filter.ts'
import { placeOf, timeOf } from './jetstream-event.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { isObject, isPlace, parseMessage, readers, readEvent, textOf } from './jetstream-reader.ts'
import type { Fields } from './jetstream-reader.ts'
import type { StreamProtocol } from './stream-protocol.ts'

/**
 * How far before the cursor a connection begins, in microseconds. Where a service goes over from what
 * it has kept to what happens, later events may come before earlier ones.
 */
const REWIND = 5_000_000

/** How many events are known again: more than the network makes in that time. */
const RECENT_EVENTS = 2 ** 15

/** A longer URL may not get through: the service is told its filter over the connection instead. */
const MAX_URL_LETTERS = 4_000

/** Reads a message of version one. */
export function readVersion1(message: Fields): JetstreamEvent {
  const { did, time_us } = message
  const kind = textOf(message['kind'])
  const seq = isPlace(time_us) && isTimeCursor(time_us) ? time_us : undefined
  const time = seq && new Date(seq / 1000).toISOString()
  const body = message[kind]
  return readEvent(readers, kind, { seq, did, time }, isObject(body) ? body : {}, message)
}

/** Makes the protocol of version one. */
export function createVersion1(endpoint: JetstreamEndpoint): StreamProtocol<JetstreamEvent> {
  const recent = new RecentMap<true>(RECENT_EVENTS)
  const isRepeated = (name: string): boolean => {
    const isKnown = recent.get(name) === true
    recent.set(name, true)
    return isKnown
  }
  let latest: number | undefined
  /** What the URL of the connection told the service. */
  let told: JetstreamFilter | undefined
  return {
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
      const text = endpoint.textOf(message)
      try {
        const event = readVersion1(parseMessage(text))
        const { seq, did } = placeOf(event)
        if (seq === undefined) return event
        // Services that stand in for one another saw the same commit at different times.
        const name =
          event.kind === 'commit' ? `${event.rev}/${event.ops[0].path}` : `${seq} ${event.kind}`
        if (isRepeated(`${did} ${name}`)) return null
        latest = Math.max(seq, latest ?? 0)
        return event
      } catch (error) {
        const { seq, did } = error as FirehoseError
        if (seq !== undefined && isRepeated(`${did} ${seq} ${text.length}`)) return null
        throw error
      }
    },

    // Asked right after an event was read.
    cursorOf: (event) => placeOf(event).seq && latest,

    timeOf,
  }
}
