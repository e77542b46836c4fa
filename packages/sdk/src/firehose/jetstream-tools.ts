// What either version of Jetstream is read with.
import { FirehoseError } from './firehose-error.ts'
import { FIRST_TIME_CURSOR, urlWith } from './jetstream-endpoint.ts'
import { timeOf } from './jetstream-event.ts'
import { isObject, parseMessage, readers, readEvent, textOf } from './jetstream-reader.ts'

/**
 * Version two, which loads on demand, is handed these and imports none of them: bundlers make a file of
 * its own of what two files share, and all who subscribe to anything would load one more.
 */
export interface JetstreamTools {
  readonly FIRST_TIME_CURSOR: typeof FIRST_TIME_CURSOR
  readonly FirehoseError: typeof FirehoseError
  readonly isObject: typeof isObject
  readonly parseMessage: typeof parseMessage
  readonly readers: typeof readers
  readonly readEvent: typeof readEvent
  readonly textOf: typeof textOf
  readonly timeOf: typeof timeOf
  readonly urlWith: typeof urlWith
}

/** See {@link JetstreamTools}. */
export const jetstreamTools: JetstreamTools = {
  FIRST_TIME_CURSOR,
  FirehoseError,
  isObject,
  parseMessage,
  readers,
  readEvent,
  textOf,
  timeOf,
  urlWith,
}
