// Where a Jetstream is, and what it is asked for.
import type { JetstreamCompression } from './jetstream-compression.ts'
import type { JetstreamFilter } from './jetstream-filter.ts'

/**
 * From here on cursors are times, in microseconds since 1970; below, they are the numbers that version
 * two gives to events. Services tell them apart in the same way.
 */
export const FIRST_TIME_CURSOR = 1e15

/** What either version is told. The filter may be another one for the next connection. */
export interface JetstreamEndpoint {
  /** A URL of WebSockets, without a slash at its end. */
  readonly origin: string
  readonly compress: JetstreamCompression | undefined
  /** Gives the text of a message. See `messageReader`. */
  readonly textOf: (message: Uint8Array | string) => string
  filter: JetstreamFilter
}

/** Whether a cursor is a time, as those of version one are. */
export function isTimeCursor(cursor: number): boolean {
  return cursor >= FIRST_TIME_CURSOR
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
