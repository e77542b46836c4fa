// The messages of Jetstream as events. Both versions of the service say the same in other words:
// https://github.com/bluesky-social/jetstream/blob/main/docs/README.md, sections 5.1 and 5.2.
import type { LexValue } from '../data/index.ts'
import { isDid } from '../syntax/index.ts'
import type { UnknownEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { FIRST_TIME_CURSOR } from './jetstream-endpoint.ts'
import type { JetstreamEvent } from './jetstream-event.ts'

// That the names follow their syntax to the last is for the service to see to; here, that they are the
// two parts of a path, and no more.
const PATH = /^[a-z][\w-]*(?:\.[\w-]+){2,}\/(?!\.\.?$)[\w.:~-]+$/i

type Fields = Readonly<Record<string, LexValue | undefined>>

/**
 * Reads a message of either version of Jetstream, for those who bring their own socket.
 *
 * @throws {FirehoseError} `invalid-frame`; `error-frame` for what the service says before it closes
 *   the connection.
 */
export function readJetstreamMessage(text: string): JetstreamEvent {
  const message = parseObject(text)
  const { $type, payload } = message
  if ($type === undefined) return readVersion1(message)
  if ($type !== 'error') return readVersion2(isObject(payload) ? payload : message)
  const error = textOf(message['error'])
  const reason = textOf(message['message']) || error
  throw new FirehoseError(`The service ended the stream: ${reason}`, { code: 'error-frame', error })
}

function parseObject(text: string): Fields {
  let value: unknown
  let cause: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    cause = error
  }
  if (isObject(value)) return value
  throw new FirehoseError('The message is no JSON object', { code: 'invalid-frame', cause })
}

function readVersion1(message: Fields): JetstreamEvent {
  const { did, time_us } = message
  const kind = textOf(message['kind'])
  const seq = isPlace(time_us) && time_us >= FIRST_TIME_CURSOR ? time_us : undefined
  const time = seq && new Date(seq / 1000).toISOString()
  const body = message[kind]
  return readEvent(kind, { seq, did, time }, isObject(body) ? body : {}, message)
}

function readVersion2(payload: Fields): JetstreamEvent {
  const kind = textOf(payload['$type']).split('#')[1] ?? ''
  // What the firehose sent is wrapped; what Jetstream has made itself is not.
  const wrapped = payload[kind]
  return readEvent(kind, payload, isObject(wrapped) ? wrapped : payload, payload)
}

/**
 * @param envelope What either version tells of any event.
 * @param body What is told of an event of this kind alone.
 * @param raw What stands for an event of an unknown kind.
 */
function readEvent(kind: string, envelope: Fields, body: Fields, raw: Fields): JetstreamEvent {
  const { seq, did, time } = envelope
  const isPlaced = isPlace(seq) && isDid(did) && isText(time)
  const isKind = isKnown(kind)
  if (isKind && (isPlaced || kind === 'info')) {
    const facts = readers[kind](body, textOf(did))
    const place = isPlaced ? { seq, did, time } : {}
    if (facts) return { kind, ...place, ...facts } as JetstreamEvent
  }
  const place = {
    ...(isPlace(seq) && { seq }),
    ...(isDid(did) && { did }),
    ...(isText(time) && { time }),
  }
  if (!isKind) {
    return { kind: 'unknown', ...(kind && { t: `#${kind}` }), ...place, raw } as UnknownEvent
  }
  throw new FirehoseError(`The message is no valid ${kind} event`, {
    code: 'invalid-frame',
    ...place,
  })
}

/** By kind, what an event has that others do not; undefined where the message is not valid. */
const readers = {
  commit(body: Fields, did: string) {
    const { rev, operation: action, collection, rkey, cid = null, record = null } = body
    const path = `${textOf(collection)}/${textOf(rkey)}`
    const isValid =
      isText(rev) &&
      isText(action) &&
      PATH.test(path) &&
      (cid === null || isText(cid)) &&
      (record === null ? action === 'delete' : isObject(record))
    if (!isValid) return undefined
    const uri = `at://${did}/${path}`
    return { rev, ops: [{ action, path, collection, rkey, uri, cid, prev: null, record }] }
  },

  sync({ rev, blocks }: Fields) {
    const base64 = isObject(blocks) ? blocks['$bytes'] : undefined
    const bytes = isText(base64) && bytesOf(base64)
    return isText(rev) && bytes ? { rev, blocks: bytes } : undefined
  },

  identity: ({ handle }: Fields) => optional({ handle }),

  account({ active, status }: Fields) {
    const why = optional({ status })
    return typeof active === 'boolean' && why ? { active, ...why } : undefined
  },

  info({ name, message }: Fields) {
    const explanation = optional({ message })
    return isText(name) && explanation ? { name, ...explanation } : undefined
  },
}

/** The bytes of a base64 text, decoded by what all platforms have. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Nothing for a text that is not there; undefined where it is something else than a text. */
function optional(field: Fields): Fields | undefined {
  const [value] = Object.values(field)
  if (value === undefined) return {}
  return isText(value) ? field : undefined
}

function isKnown(kind: string): kind is keyof typeof readers {
  return Object.hasOwn(readers, kind)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function textOf(value: unknown): string {
  return isText(value) ? value : ''
}

/** What can be a cursor. */
function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}
