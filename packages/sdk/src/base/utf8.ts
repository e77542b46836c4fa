// Strict UTF-8: what is not well-formed is refused, never replaced by U+FFFD.

import { nativeText } from './native-text.ts'
import { decodeWide } from './utf8-wide.ts'

// ignoreBOM keeps a leading U+FEFF, which is text like any other.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of a range of bytes, or undefined where it is not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (nativeText) {
    const wide = decodeWide(bytes, start, end)
    if (wide !== undefined) return wide
    const text = nativeText.utf8Slice.call(bytes, start, end)
    // The native method replaces what it cannot read. A U+FFFD may also be the text itself.
    if (!text.includes('\ufffd')) return text
  }
  try {
    return decoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/**
 * Writes text as UTF-8 and returns the number of bytes written. The caller provides the room: three
 * bytes per UTF-16 unit are always enough. Lone surrogates become U+FFFD: check {@link isWellFormed}.
 */
export function writeUtf8(text: string, into: Uint8Array, offset: number): number {
  return nativeText
    ? nativeText.utf8Write.call(into, text, offset)
    : encoder.encodeInto(text, into.subarray(offset)).written
}

/** Whether every surrogate stands in a pair, so that the text has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}
