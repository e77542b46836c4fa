// Strict UTF-8: what is not well-formed is refused, never replaced by U+FFFD.

// ignoreBOM keeps a leading U+FEFF, which is text like any other.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a range of bytes, or undefined where it is not valid UTF-8. */
export function decodeStrictly(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/** Whether every surrogate stands in a pair, so that the text has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}
