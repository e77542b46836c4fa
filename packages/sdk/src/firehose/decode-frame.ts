// One frame of `com.atproto.sync.subscribeRepos`: two values of DAG-CBOR, a header and a message
// (https://atproto.com/specs/event-stream#framing).

import { DataError, decodeCbor, decodeCborFirst } from '../data/index.ts'
import type { Did } from '../syntax/index.ts'
import { ABSENT, CborScanner } from './cbor-scanner.ts'
import type { CollectionFilter } from './collection-filter.ts'
import type { RepoEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { FrameCommit } from './frame-commit.ts'
import { COMMIT_START, isCommitFrame } from './frame-header.ts'
import { readMessage, readUnknown } from './frame-message.ts'
import { checkDid, checkSeq, mapOf, optionalText, refuse, textOf } from './message-fields.ts'
import type { MessageFields } from './message-fields.ts'

/** The most bytes of a frame (https://atproto.com/specs/sync#repository-event-stream). */
export const MAX_FRAME_BYTES = 5_000_000

const OP_MESSAGE = 1
const OP_ERROR = -1
// In the order of DAG-CBOR. A `#commit` names its account otherwise.
const PLACE_FIELDS = ['did', 'seq', 'repo']

/** What is decoded of a frame. */
export interface DecodeFrameOptions {
  /** Of which collections the operations of a commit are given out. @default all */
  collections?: CollectionFilter | undefined
}

/**
 * Decodes a frame of the firehose, for those who bring their own socket. Its bytes are used for as
 * long as the event is, and must not change.
 *
 * Of a commit the operations, and of these the records, are decoded when they are first read: what
 * is wrong with them is thrown then, with the same error. Nothing else is looked at: hashes, proofs
 * and signatures are for {@link EventVerifier} to check. Events print, compare, clone and become JSON
 * like plain objects, their records included; `blocks`, the CAR file, stays out of that.
 *
 * @throws {FirehoseError} with `seq` and `did` as far as they can be read: `frame-too-large` (over
 * 5,000,000 bytes); `error-frame`, which is what a server says when it ends the stream, with its
 * `error`; `invalid-frame`: not DAG-CBOR, a field that is missing or not valid, or more behind the
 * message.
 *
 * @example
 * ```ts
 * socket.binaryType = 'arraybuffer'
 * socket.onmessage = ({ data }) => {
 *   const event = decodeFrame(new Uint8Array(data))
 *   if (event.kind === 'commit') console.log(event.seq, event.did, event.ops)
 * }
 * ```
 */
export function decodeFrame(bytes: Uint8Array, options: DecodeFrameOptions = {}): RepoEvent {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('bytes must be a Uint8Array')
  // Until the header was read, where the message begins is not known.
  let start = bytes.length
  try {
    if (isCommitFrame(bytes)) {
      start = COMMIT_START
      checkSize(bytes)
      return new FrameCommit(bytes, start, options.collections)
    }
    const [header, message] = decodeCborFirst(bytes, { raw: true })
    start = bytes.length - message.length
    checkSize(bytes)
    return readOther(Object(header) as MessageFields, message)
  } catch (cause) {
    throw failureOf(cause, bytes, start)
  }
}

function checkSize({ length }: Uint8Array): void {
  if (length <= MAX_FRAME_BYTES) return
  const message = `The frame has ${length} bytes, of ${MAX_FRAME_BYTES} at most`
  throw new FirehoseError(message, { code: 'frame-too-large' })
}

function readOther(header: MessageFields, message: Uint8Array): RepoEvent {
  const { op, t } = header
  if (typeof op !== 'number') return refuse('op')
  if (op === OP_ERROR) throw errorOf(message)
  if (op === OP_MESSAGE) return readMessage(textOf(header, 't'), message)
  // What another operation means with a type nobody knows.
  return readUnknown(typeof t === 'string' ? t : undefined, message)
}

/** The error that a server sent. */
function errorOf(message: Uint8Array): FirehoseError {
  const fields = mapOf(decodeCbor(message, { raw: true }))
  const error = textOf(fields, 'error')
  const { message: reason = error } = optionalText(fields, 'message')
  return new FirehoseError(`The server ended the stream: ${reason}`, { code: 'error-frame', error })
}

/** What is wrong with a frame, with its place in the stream. */
function failureOf(cause: unknown, bytes: Uint8Array, start: number): unknown {
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
