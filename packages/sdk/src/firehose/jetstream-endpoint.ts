// Where a Jetstream is, and what it is asked for.
import type { JetstreamCompression } from './jetstream-compression.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import type { JetstreamFilter, JetstreamVersion } from './jetstream-filter.ts'
import type { StreamProtocol } from './stream-protocol.ts'

/**
 * From here on cursors are times, in microseconds since 1970; below, they are the numbers that version
 * two gives to events. Services tell them apart in the same way.
 */
export const FIRST_TIME_CURSOR = 1e15

/** What either version is told. The filter may be another one for the next connection. */
export interface JetstreamEndpoint {
  /** A URL of WebSockets, without a slash at its end. */
  readonly origin: string
  readonly version: JetstreamVersion
  readonly compress: JetstreamCompression | undefined
  filter: JetstreamFilter
  /** Aborts when the subscription is closed. */
  readonly closing: AbortController
}

/** How one version of the service is spoken to. */
export interface JetstreamProtocol extends StreamProtocol<JetstreamEvent> {
  /** Whether a cursor is one of this version. */
  isCursor(cursor: number): boolean
  /** A connection failed: looks for a reason that WebSockets do not tell. Does not throw. */
  diagnose?(): Promise<void>
}

/** A URL with parameters, lists as one parameter for each item. Those without a value are left out. */
export function urlWith(
  url: string,
  parameters: Record<string, string | number | readonly string[] | undefined>,
): string {
  const query = new URLSearchParams()
  for (const [name, value = []] of Object.entries(parameters)) {
    for (const item of [value].flat()) query.append(name, `${item}`)
  }
  return `${url}?${query}`
}
