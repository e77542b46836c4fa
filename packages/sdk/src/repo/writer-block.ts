// Blocks that are made here.

import type { CarBlock } from '../data/index.ts'
import { formatLink, linkTo } from './link.ts'

/** A block of DAG-CBOR with its CID. */
export function cborBlock(bytes: Uint8Array): CarBlock {
  return { cid: formatLink(linkTo(bytes)), bytes }
}
