// What the messages of both versions of Jetstream have in common: the same facts about repositories, in
// other envelopes. https://github.com/bluesky-social/jetstream/blob/main/docs/README.md, section 5
import type { LexValue } from '../data/index.ts'
import { isDid } from '../syntax/index.ts'
import type { UnknownEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import type { JetstreamEvent } from './jetstream-event.ts'

// That the names follow their syntax to the last is for the service to see to; here, that they are the
// two parts of a path, and no more.
const PATH = /^[a-z][\w-]*(?:\.[\w-]+){2,}\/(?!\.\.?$)[\w.:~-]+$/i

/** The fields of a JSON object that nobody has looked at yet. */
export type Fields = Readonly<Record<string, LexValue | undefined>>

/** What an event of one kind has that others do not; undefined where the message is not valid. */
export type BodyReader = (body: Fields, did: string) => object | undefined

/** Reads the JSON of a message. */
export function parseMessage(text: string): Fields {
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

/**
 * @param readers By kind.
 * @param envelope What either version tells of any event.
 * @param body What is told of an event of this kind alone.
 * @param raw What stands for an event of an unknown kind.
 */
export function readEvent(
  readers: Readonly<Record<string, BodyReader>>,
  kind: string,
  envelope: Fields,
  body: Fields,
  raw: Fields,
): JetstreamEvent {
  const { seq, did, time } = envelope
  const isPlaced = isPlace(seq) && isDid(did) && isText(time)
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (reader && (isPlaced || kind === 'info')) {
    const facts = reader(body, textOf(did))
    const place = isPlaced ? { seq, did, time } : {}
    if (facts) return { kind, ...place, ...facts } as JetstreamEvent
  }
  const place = {
    ...(isPlace(seq) && { seq }),
    ...(isDid(did) && { did }),
    ...(isText(time) && { time }),
  }
  if (!reader)
    return { kind: 'unknown', ...(kind && { t: `#${kind}` }), ...place, raw } as UnknownEvent
  const message = `The message is no valid ${kind} event`
  throw new FirehoseError(message, { code: 'invalid-frame', ...place })
}

/** Reads the kinds of events that both versions know. */
export const readers: Readonly<Record<string, BodyReader>> = {
  commit(body, did) {
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

  identity: ({ handle }) => optional({ handle }),

  account({ active, status }) {
    const why = optional({ status })
    return typeof active === 'boolean' && why ? { active, ...why } : undefined
  },
}

/** Nothing for a text that is not there; undefined where it is something else than a text. */
function optional(field: Fields): Fields | undefined {
  const [value] = Object.values(field)
  if (value === undefined) return {}
  return isText(value) ? field : undefined
}

/** Whether a value has fields. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The text that a value is, or an empty one. */
export function textOf(value: unknown): string {
  return isText(value) ? value : ''
}

/** Whether a value can be a cursor. */
export function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}
