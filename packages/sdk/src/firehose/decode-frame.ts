// One frame of `com.atproto.sync.subscribeRepos`: two values of DAG-CBOR, a header and a message
// (https://atproto.com/specs/event-stream#framing).

import type { CollectionFilter } from './collection-filter.ts'
import type { RepoEvent } from './events.ts'
import { FrameCommit } from './frame-commit.ts'
import { COMMIT_START, isCommitFrame } from './frame-header.ts'
import { repoMessages } from './frame-message.ts'
import { checkFrameSize, frameFailure, readFrame } from './frame.ts'

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
 * is wrong with the operations is thrown then, with the same error. Nothing else is looked at: hashes,
 * proofs, signatures and the limits of commits are for {@link EventVerifier} to check. Events compare,
 * clone, spread and become JSON like plain objects, their records included; `blocks`, the CAR file,
 * stays out of that.
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
  if (!isCommitFrame(bytes)) return readFrame(bytes, repoMessages)
  try {
    checkFrameSize(bytes)
    return new FrameCommit(bytes, COMMIT_START, options.collections)
  } catch (cause) {
    throw frameFailure(cause, bytes, COMMIT_START)
  }
}
