// Between text and bytes. Which code does it is decided by the export conditions of the package:
// `#text` is text.node.ts where there is Node's Buffer, else text.web.ts.

import * as platform from '#text'

type ReadText = (bytes: Uint8Array, start: number, end: number) => string | undefined

/** From this length on, {@link writeUtf8} is faster than a look at every letter of a text. */
export const LONG_TEXT: number = platform.LONG_TEXT

/** To be called before the first {@link readText} of other bytes. */
export const forgetWindow: () => void = platform.forgetWindow

/** As {@link decodeUtf8}, for many short texts out of the same bytes. */
export const readText: ReadText = platform.readText

/** The text of a range of bytes, or undefined where it is not valid UTF-8. */
export const decodeUtf8: ReadText = platform.decodeUtf8

/**
 * Writes text as UTF-8 and returns how many bytes it took. The caller provides the room: three bytes
 * for each UTF-16 unit are always enough. Lone surrogates become U+FFFD: ask `isWellFormed`.
 */
export const writeUtf8: (text: string, into: Uint8Array, offset: number) => number =
  platform.writeUtf8

/** The text of which each letter is a byte of the range, which has at most a few thousand. */
export const latin1Text: (bytes: Uint8Array, start: number, end: number) => string =
  platform.latin1Text

/** The base64 of a range of bytes, by default of all, without padding. */
export const encodeBase64: (bytes: Uint8Array, start?: number, end?: number) => string =
  platform.encodeBase64
