// The byte strings of the data model in their plain form.

import { decodeBase64, encodeBase64 } from '../base/index.ts'
import { DataError } from './data-error.ts'
import type { LexBytes } from './lex-value.ts'

/** Bytes as a value of the data model. */
export function toLexBytes(bytes: Uint8Array): LexBytes {
  return { $bytes: encodeBase64(bytes) }
}

/**
 * The bytes that a value of the data model stands for.
 *
 * @throws {DataError} `invalid-base64`
 */
export function fromLexBytes({ $bytes }: LexBytes): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64($bytes)
  if (bytes) return bytes
  throw new DataError('The value of $bytes is not base64', { code: 'invalid-base64' })
}
