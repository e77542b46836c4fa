// Version two of Jetstream, which loads on demand. Its cursors are numbers that one service counts.
// https://github.com/bluesky-social/jetstream/blob/main/lexicons/network/bsky/jetstream/subscribeEvents.json
import type { JetstreamEndpoint } from './jetstream-endpoint.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import type { BodyReader, Fields } from './jetstream-reader.ts'
import type { JetstreamTools } from './jetstream-tools.ts'
import type { StreamProtocol } from './stream-protocol.ts'
import { dictionaryId } from './zstd-dictionary.ts'

const DIAGNOSIS_TIMEOUT = 10_000

/**
 * Makes a reader of messages of version two, which throws a {@link FirehoseError} `invalid-frame`; or
 * `error-frame` for what the service says before it closes the connection.
 */
export function createReader2(tools: JetstreamTools): (message: Fields) => JetstreamEvent {
  const { FirehoseError, isObject, readers, readEvent, textOf } = tools
  const allReaders: Record<string, BodyReader> = {
    ...readers,

    sync({ rev, blocks }) {
      const base64 = isObject(blocks) ? blocks['$bytes'] : undefined
      const bytes = typeof base64 === 'string' && bytesOf(base64)
      return typeof rev === 'string' && bytes ? { rev, blocks: bytes } : undefined
    },

    info({ name, message }) {
      if (typeof name !== 'string') return undefined
      if (message === undefined) return { name }
      return typeof message === 'string' ? { name, message } : undefined
    },
  }
  return (message) => {
    if (message['$type'] === 'error') {
      const error = textOf(message['error'])
      const reason = textOf(message['message']) || error
      const text = `The service ended the stream: ${reason}`
      throw new FirehoseError(text, { code: 'error-frame', error })
    }
    const payload = isObject(message['payload']) ? message['payload'] : message
    const kind = textOf(payload['$type']).split('#')[1] ?? ''
    // What the firehose sent is wrapped; what Jetstream has made itself is not.
    const wrapped = payload[kind]
    const body = isObject(wrapped) ? wrapped : payload
    return readEvent(allReaders, kind, payload, body, payload)
  }
}

/** The bytes of a base64 text, decoded by what all platforms have. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

/**
 * Makes the protocol of version two.
 *
 * @param closing Aborts when the subscription is closed.
 * @throws TypeError where the dictionary is none.
 */
export function createVersion2(
  endpoint: JetstreamEndpoint,
  closing: AbortSignal,
  tools: JetstreamTools,
): StreamProtocol<JetstreamEvent> {
  const { FIRST_TIME_CURSOR, FirehoseError, parseMessage, timeOf, urlWith } = tools
  const readMessage = createReader2(tools)
  let zstdDictionary = endpoint.compress && dictionaryId(endpoint.compress.dictionary)
  let url = ''
  /** What the connection was begun from, until its first event. */
  let asked: number | undefined
  let isTooOld = false
  return {
    url(cursor) {
      const { origin, filter } = endpoint
      const { wantedCollections, wantedDids: dids, ...others } = filter
      // They are those of commits: the service refuses them where it shall send none.
      const hasCommits = !others.kinds || others.kinds.includes('commit')
      const collections = hasCommits ? wantedCollections : undefined
      asked = cursor
      // The oldest event there is has a number that nobody knows, and of numbers the service refuses
      // those that it no longer has. From a time before all events it begins with the oldest.
      const from = cursor === 0 || isTooOld ? FIRST_TIME_CURSOR : cursor
      const parameters = { collections, dids, ...others, zstdDictionary, cursor: from }
      url = urlWith(`${origin}/xrpc/network.bsky.jetstream.subscribeEvents`, parameters)
      return url
    },

    read(message) {
      const event = readMessage(parseMessage(endpoint.textOf(message)))
      const seq = seqOf(event)
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

    cursorOf: seqOf,

    timeOf,

    lost({ code }) {
      if (code === 'connection-failed') void diagnose()
    },
  }

  /** Looks for a reason that WebSockets do not tell. */
  async function diagnose(): Promise<void> {
    const hasNumber = asked && asked < FIRST_TIME_CURSOR
    if (!hasNumber && !zstdDictionary) return
    const signal = AbortSignal.any([closing, AbortSignal.timeout(DIAGNOSIS_TIMEOUT)])
    try {
      const answer = await fetch(url.replace('ws', 'http'), { signal })
      const { error } = (await answer.json()) as { error?: unknown }
      isTooOld = error === 'CursorTooOld'
      // It has another one by now. What comes without compression is read all the same.
      if (error === 'UnknownZstdDictionary') zstdDictionary = undefined
    } catch {
      // That the connection failed has been reported, and it is tried again.
    }
  }
}

function seqOf(event: JetstreamEvent): number | undefined {
  return event.kind === 'info' ? undefined : event.seq
}
