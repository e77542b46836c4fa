// CIDs where they lie: 36 bytes within a larger array. Nearly all links of a tree are only compared,
// copied or looked up; text is made of those that somebody gets to see.

import { encodeBase32, writeBase32, writeSha256 } from '../base/index.ts'
import { CODEC_DAG_CBOR, CODEC_RAW } from '../data/index.ts'
import type { CidString } from '../syntax/index.ts'
import { RepoError } from './repo-error.ts'

/** A CID in its binary form, at an offset of some bytes that nobody changes. */
export interface Link {
  readonly bytes: Uint8Array
  readonly at: number
}

/** The length of a CID in bytes: version, codec, hash, its length; then the digest. */
export const LINK_BYTES = 36
/** Where in a link its digest begins. */
export const DIGEST_OFFSET = 4
/** What stands before a link in DAG-CBOR. */
export const LINK_HEAD_BYTES = 5
const LETTERS = 59

// Made links share an array, as an ArrayBuffer for each would cost more than all the rest.
const SLAB_LINKS = 128
let slab = new Uint8Array(0)
let slabUsed = 0

/** The link to a block of DAG-CBOR. */
export function linkTo(block: Uint8Array): Link {
  const at = reserve()
  slab[at] = 1
  slab[at + 1] = CODEC_DAG_CBOR
  slab[at + 2] = 0x12
  slab[at + 3] = 32
  writeSha256(block, slab, at + DIGEST_OFFSET)
  return { bytes: slab, at }
}

/**
 * The link that a text stands for.
 *
 * @throws {RepoError} `invalid-cid`
 */
export function parseLink(text: string): Link {
  const at = reserve()
  if (typeof text !== 'string') throw new TypeError('cid is not a text')
  const read = text.length === LETTERS && writeBase32(text, slab, at)
  if (read === LINK_BYTES && isLinkAt(slab, at)) return { bytes: slab, at }
  throw new RepoError('A link is not a CID of the protocol', { code: 'invalid-cid' })
}

/** The text form of a link. */
export function formatLink({ bytes, at }: Link): CidString {
  return encodeBase32(bytes, at, at + LINK_BYTES)
}

/** Whether two links are the same. */
export function equalLinks(a: Link, b: Link): boolean {
  return sameLinkAt(a.bytes, a.at, b.bytes, b.at)
}

/** Whether the links at two places are the same. */
export function sameLinkAt(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): boolean {
  for (let i = LINK_BYTES - 1; i >= 0; i--) {
    if (a[aAt + i] !== b[bAt + i]) return false
  }
  return true
}

/** Whether a link to a block of a codec of the protocol may begin at an offset of the bytes. */
export function isLinkAt(bytes: Uint8Array, at: number): boolean {
  const codec = bytes[at + 1]
  return (
    bytes[at] === 1 &&
    (codec === CODEC_DAG_CBOR || codec === CODEC_RAW) &&
    bytes[at + 2] === 0x12 &&
    bytes[at + 3] === 32
  )
}

/** Whether a link stands in DAG-CBOR at an offset: tag 42, 37 bytes, a zero, and the CID. */
export function isCborLinkAt(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0xd8 &&
    bytes[at + 1] === 0x2a &&
    bytes[at + 2] === 0x58 &&
    bytes[at + 3] === LINK_BYTES + 1 &&
    bytes[at + 4] === 0 &&
    isLinkAt(bytes, at + LINK_HEAD_BYTES)
  )
}

/**
 * The link that a decoder with the raw option found in some bytes. Undefined where it found something
 * else: a map with bytes as its `$link` looks the same, but lies otherwise.
 */
export function rawLinkIn(bytes: Uint8Array, value: unknown): Link | undefined {
  const { $link } = Object(value) as { $link?: unknown }
  if (!ArrayBuffer.isView($link)) return undefined
  const at = $link.byteOffset - bytes.byteOffset
  return isCborLinkAt(bytes, at - LINK_HEAD_BYTES) ? { bytes, at } : undefined
}

/** Where in the slab the next link goes. */
function reserve(): number {
  if (slabUsed + LINK_BYTES > slab.length) {
    slab = new Uint8Array(SLAB_LINKS * LINK_BYTES)
    slabUsed = 0
  }
  const at = slabUsed
  slabUsed += LINK_BYTES
  return at
}
