// Blocks that are made here.

import { sha256 } from '../base/index.ts'
import { CODEC_DAG_CBOR } from '../data/index.ts'
import type { CarBlock } from '../data/index.ts'
import { formatLink, linkToDigest } from './link.ts'

/** A block of DAG-CBOR with its CID. */
export function cborBlock(bytes: Uint8Array): CarBlock {
  return { cid: formatLink(linkToDigest(CODEC_DAG_CBOR, sha256(bytes))), bytes }
}
