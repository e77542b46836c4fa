// The values of the data model as plain JSON, the same from XRPC and from a repository.

import type { CidString } from './cid.ts'

/**
 * Any value of the data model, as plain JSON: it survives `JSON.stringify`, `structuredClone` and
 * `postMessage`. Numbers are integers within ±(2^53−1). Links and bytes are the objects
 * {@link CidLink} and {@link LexBytes}.
 */
export type LexValue = null | boolean | number | string | LexValue[] | { [key: string]: LexValue }

/** A link by content hash. No other key may stand beside `$link`. */
export interface CidLink {
  $link: CidString
}

/** A byte string in base64 (RFC 4648 section 4, padding optional). No other key may stand beside `$bytes`. */
export interface LexBytes {
  $bytes: string
}
