// What goes wrong with bytes and values of the data model.

import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/**
 * Why bytes or a value were refused.
 *
 * DAG-CBOR, of which only the one canonical encoding of a value is valid:
 * - `truncated`: the input ends inside a value, or a length is larger than the input
 * - `trailing-bytes`: there is more behind the value
 * - `not-minimal`: an integer or length is not in its shortest form
 * - `indefinite-length`, `malformed`: a head that is not canonical, or not CBOR at all
 * - `float`, `undefined`, `simple-value`, `unknown-tag`: what the data model does not have
 * - `integer-range`: an integer is beyond ±(2^53−1)
 * - `key-type`, `key-order`, `duplicate-key`: a map whose keys are not text, not in canonical order
 *   (by length, then bytes), or not different
 * - `reserved-key`: `$link` or `$bytes` where they do not stand for a link or bytes
 * - `too-deep`: lists and maps are nested over 128 deep
 * - `invalid-utf8`: text is not UTF-8, or has a lone surrogate and so no UTF-8
 * - `invalid-cid`: not a CID. `unsupported-cid`: a CID, but not of version 1 with sha-256 and one of
 *   the codecs dag-cbor and raw
 * - `invalid-base64`: the value of `$bytes` is not base64
 * - `unsupported-value`: something to encode that is not plain JSON
 *
 * CAR files, which can be `truncated` and have wrong CIDs as well:
 * - `car-header`: the file does not begin with the header of a CAR file of version 1
 * - `car-varint`: a length is not a valid varint
 * - `header-too-large`, `block-too-large`: a part is beyond the limit that was set
 * - `hash-mismatch`: a block does not have the hash that its CID says
 * - `root-missing`: a root has no block in the file
 */
export type DataErrorCode =
  | 'truncated'
  | 'trailing-bytes'
  | 'not-minimal'
  | 'indefinite-length'
  | 'malformed'
  | 'float'
  | 'undefined'
  | 'simple-value'
  | 'unknown-tag'
  | 'integer-range'
  | 'key-type'
  | 'key-order'
  | 'duplicate-key'
  | 'reserved-key'
  | 'too-deep'
  | 'invalid-utf8'
  | 'invalid-cid'
  | 'unsupported-cid'
  | 'invalid-base64'
  | 'unsupported-value'
  | 'car-header'
  | 'car-varint'
  | 'header-too-large'
  | 'block-too-large'
  | 'hash-mismatch'
  | 'root-missing'

/** What a {@link DataError} carries besides its message. */
export interface DataErrorOptions extends AtprotoErrorOptions {
  code: DataErrorCode
  /** Where in the input, in bytes from its start. */
  offset?: number
}

/** Bytes or a value that are not valid in the data model. */
export class DataError extends AtprotoError<DataErrorOptions> {
  static override readonly id = 'DataError'

  declare readonly code: DataErrorCode

  /** Where in the input the fault is, in bytes from its start. Absent where the input is not bytes. */
  declare readonly offset?: number
}
