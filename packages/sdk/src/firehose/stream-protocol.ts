// What differs between the streams: how they are asked for, and what their messages are.
import type { EventCheck } from './event-check.ts'
import type { FirehoseError } from './firehose-error.ts'

/** One kind of stream. */
export interface StreamProtocol<Event extends object> {
  /** Where to connect, to get what comes after a cursor, or what happens from now on. Does not throw. */
  url(cursor: number | undefined): string
  /** What to send when a connection is open, where there is anything to say. */
  hello?(): string | undefined
  /**
   * The event in a message; or its cursor alone, where the program wants none of it; or undefined,
   * where there is neither; or null, where it is a repetition. See `ordered`. What is costly belongs
   * into the check.
   *
   * @throws {FirehoseError} `error-frame` where the service tells of an error, upon which it closes;
   * another code, with `seq` where that is known, for a message that is not valid.
   */
  read(message: Uint8Array | string): Event | number | null | undefined
  /** The place of an event in the stream, where it has one. */
  cursorOf(event: Event): number | undefined
  /** When an event took place, in milliseconds since 1970. */
  timeOf(event: Event): number | undefined
  /**
   * The event as the program gets it. Begun when the event is received; events are handed out in their
   * order, however long it takes. See `createEventCheck`.
   */
  check?: EventCheck<Event>
  /** A connection ended, or could not be made. */
  lost?(error: FirehoseError): void
}
