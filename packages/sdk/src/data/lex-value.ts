// The values of the data model as plain JSON, the same from XRPC and from a repository.

import type { CidString } from '../syntax/index.ts'

/**
 * Any value of the data model, as plain JSON: it survives `JSON.stringify`, `structuredClone` and
 * `postMessage`. Numbers are integers within ±(2^53−1). Links and bytes are the objects
 * {@link CidLink} and {@link LexBytes}.
 */
export type LexValue = null | boolean | number | string | LexValue[] | { [key: string]: LexValue }

/** A link by content hash: a CID of version 1 in base32. No other key may stand beside `$link`. */
export interface CidLink {
  $link: CidString
}

/** A byte string in base64 (RFC 4648 section 4, padding optional). No other key may stand beside `$bytes`. */
export interface LexBytes {
  $bytes: string
}

/**
 * A value that stands for bytes and links with `Uint8Array`, as the raw option of the codec has it:
 * a link is an object with the 36 bytes of its CID as `$link`.
 */
export type RawLexValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | RawLexValue[]
  | { [key: string]: RawLexValue }
