// What goes wrong with the streams of events.

import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/** Why a frame or an event was refused. */
export type FirehoseErrorCode =
  // Frames
  | 'invalid-frame'
  | 'frame-too-large'
  | 'error-frame'
  // What is in them
  | 'missing-record'
  | 'invalid-record'
  | 'invalid-label'
  | 'unsigned-label'
  // Verification
  | 'verification-failed'
  | 'key-unavailable'
  // Connections
  | 'connection-failed'
  | 'connection-closed'
  | 'idle'
  // The cursor
  | 'cursor-not-saved'
  | 'invalid-cursor'

/** What a {@link FirehoseError} carries besides its message. */
export interface FirehoseErrorOptions extends AtprotoErrorOptions {
  code: FirehoseErrorCode
  /** The place in the stream. */
  seq?: number | undefined
  /** The account. */
  did?: string | undefined
  /** What the server calls its error. */
  error?: string
}

/** A frame or an event that is not what it should be, or an error that a server sent. */
export class FirehoseError extends AtprotoError<FirehoseErrorOptions> {
  static override readonly id = 'FirehoseError'

  declare readonly code: FirehoseErrorCode

  /** The place in the stream of the frame at fault, where it could be read. */
  declare readonly seq?: number

  /** The account that the frame at fault is about, where that could be read. */
  declare readonly did?: string

  /** Of an `error-frame`, what the server calls its error: `FutureCursor`, `ConsumerTooSlow`. */
  declare readonly error?: string
}
