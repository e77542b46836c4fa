import type { Tid } from './tid.ts'

/** What a TID is made of. */
export interface TidParts {
  /** Microseconds since 1970, a 53-bit number. Whoever made the TID chose it: it proves nothing. */
  readonly timestamp: number
  /** A number under 1024 that tells apart clocks which make TIDs at the same time. */
  readonly clockId: number
}

/** The digits are 2 to 7, then a to z. */
function decodeDigits(text: string): number {
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    value = value * 32 + (code < 97 ? code - 50 : code - 91)
  }
  return value
}

/** Reads a valid TID; check text from elsewhere with `isTid` or `parseTid` first. */
export function tidParts(tid: Tid): TidParts {
  return { timestamp: decodeDigits(tid.slice(0, 11)), clockId: decodeDigits(tid.slice(11)) }
}
