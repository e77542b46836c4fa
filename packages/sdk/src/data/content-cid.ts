// The CIDs of content: the hash of a record, or of a file.

import { sha256 } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { encodeCbor } from './cbor-encode.ts'
import { CODEC_DAG_CBOR, CODEC_RAW, formatCidDigest } from './cid.ts'

/**
 * The CID of a value: that of its DAG-CBOR, as records have it.
 *
 * @throws {DataError} where the value cannot be encoded, as `encodeCbor` says.
 *
 * @example
 * ```ts
 * cidForCbor({ $type: 'app.bsky.graph.block', subject: 'did:plc:z72i7hdynmk6r22z27h6tvur' })
 * ```
 */
export function cidForCbor(value: unknown): CidString {
  return formatCidDigest(CODEC_DAG_CBOR, sha256(encodeCbor(value)))
}

/** The CID of bytes as they are, as blobs have it. */
export function cidForRaw(bytes: Uint8Array): CidString {
  return formatCidDigest(CODEC_RAW, sha256(bytes))
}
