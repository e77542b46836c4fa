// What the frames of all streams have in common: two values of DAG-CBOR, a header and a message
// (https://atproto.com/specs/event-stream#framing).

import { DataError, decodeCbor, decodeCborFirst } from '../data/index.ts'
import { isDid } from '../syntax/index.ts'
import type { Did } from '../syntax/index.ts'
import { ABSENT, CborScanner } from './cbor-scanner.ts'
import type { UnknownEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { checkDid, checkSeq, mapOf, optionalText, refuse, textOf } from './message-fields.ts'
import type { MessageFields } from './message-fields.ts'

/** The most bytes of a frame (https://atproto.com/specs/sync#repository-event-stream). */
export const MAX_FRAME_BYTES = 5_000_000

const OP_MESSAGE = 1
const OP_ERROR = -1
// In the order of DAG-CBOR. A `#commit` names its account otherwise.
const PLACE_FIELDS = ['did', 'seq', 'repo']

/** How the messages of a stream are read. */
export interface FrameMessages<Event> {
  /** The NSID of the stream, where its types are from. */
  nsid: string
  /**
   * The event for a message; undefined for a type that nobody knows.
   *
   * @param t Its type, as the header has it.
   * @throws {DataError} where it is not DAG-CBOR, or does not have the fields of its type.
   */
  read(t: string, message: Uint8Array): Event | undefined
}

/**
 * Reads a frame as a whole.
 *
 * @throws {FirehoseError} with `seq` and `did` as far as they can be read: `frame-too-large`,
 * `error-frame`, `invalid-frame`.
 */
export function readFrame<Event>(
  bytes: Uint8Array,
  messages: FrameMessages<Event>,
): Event | UnknownEvent {
  // Until the header was read, where the message begins is not known.
  let start = bytes.length
  try {
    const [header, message] = decodeCborFirst(bytes, { raw: true })
    start = bytes.length - message.length
    checkFrameSize(bytes)
    return readAfter(Object(header) as MessageFields, message, messages)
  } catch (cause) {
    throw frameFailure(cause, bytes, start)
  }
}

/** @throws {FirehoseError} `frame-too-large` */
export function checkFrameSize({ length }: Uint8Array): void {
  if (length <= MAX_FRAME_BYTES) return
  const message = `The frame has ${length} bytes, of ${MAX_FRAME_BYTES} at most`
  throw new FirehoseError(message, { code: 'frame-too-large' })
}

function readAfter<Event>(
  header: MessageFields,
  message: Uint8Array,
  messages: FrameMessages<Event>,
): Event | UnknownEvent {
  const { op, t } = header
  const { nsid } = messages
  if (typeof op !== 'number') return refuse('op')
  if (op === OP_ERROR) throw errorOf(message)
  // What another operation means with a type nobody knows.
  if (op !== OP_MESSAGE) return readUnknown(nsid, typeof t === 'string' ? t : undefined, message)
  const type = textOf(header, 't')
  return messages.read(type, message) ?? readUnknown(nsid, type, message)
}

function readUnknown(nsid: string, t: string | undefined, message: Uint8Array): UnknownEvent {
  const fields = mapOf(decodeCbor(message)) as UnknownEvent['raw']
  const { seq, did, time } = fields
  return {
    kind: 'unknown',
    ...(t !== undefined && { t }),
    ...(Number(seq) > 0 && { seq: Number(seq) }),
    ...(isDid(did) && { did }),
    ...(typeof time === 'string' && { time }),
    raw: { ...(t !== undefined && { $type: nsid + t }), ...fields },
  }
}

/** The error that a server sent. */
function errorOf(message: Uint8Array): FirehoseError {
  const fields = mapOf(decodeCbor(message, { raw: true }))
  const error = textOf(fields, 'error')
  const { message: reason = error } = optionalText(fields, 'message')
  return new FirehoseError(`The server ended the stream: ${reason}`, { code: 'error-frame', error })
}

/**
 * What is wrong with a frame, with its place in the stream.
 *
 * @param start Where the message begins.
 */
export function frameFailure(cause: unknown, bytes: Uint8Array, start: number): unknown {
  if (cause instanceof FirehoseError) return Object.assign(cause, placeOf(bytes, start))
  if (!(cause instanceof DataError)) return cause
  const place = placeOf(bytes, start)
  return new FirehoseError(cause.message, { code: 'invalid-frame', ...place, cause })
}

/** Reads as much of the place as there is in a frame that cannot be read as a whole. */
function placeOf(bytes: Uint8Array, start: number): { seq?: number; did?: Did } {
  const scanner = new CborScanner(bytes, start)
  const places: number[] = []
  attempt(() => scanner.fields(PLACE_FIELDS, places))
  const [did = ABSENT, seq = ABSENT, repo = ABSENT] = places
  return {
    ...attempt(() => ({ seq: checkSeq(scanner.to(seq).unsigned()) })),
    ...attempt(() => ({ did: checkDid(scanner.to(did || repo).text()) })),
  }
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
