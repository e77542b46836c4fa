// What goes wrong with bytes and values of the data model.

import { AtprotoError } from '../base/index.ts'

/** Why bytes or a value were refused. */
export type DataErrorCode =
  // Reading and writing DAG-CBOR
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
  // Reading and writing CAR files
  | 'car-header'
  | 'car-varint'
  | 'header-too-large'
  | 'block-too-large'
  | 'hash-mismatch'
  | 'root-missing'

/** What a {@link DataError} carries besides its message. */
export interface DataErrorOptions {
  code: DataErrorCode
  /** Where in the input, in bytes from its start. */
  offset?: number
  cause?: unknown
}

/** Bytes or a value that are not valid in the data model. */
export class DataError extends AtprotoError {
  static override readonly id = 'DataError'

  declare readonly code: DataErrorCode

  /** Where in the input the fault is, in bytes from its start. Absent where the input is not bytes. */
  declare readonly offset?: number

  constructor(message: string, options: DataErrorOptions) {
    super(message, options)
    if (options.offset !== undefined) this.offset = options.offset
  }
}
