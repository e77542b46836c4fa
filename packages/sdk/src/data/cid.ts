// Content identifiers: version 1, sha-256, codec dag-cbor or raw. The protocol allows no other
// (https://atproto.com/specs/data-model#link-and-cid-formats), and neither does anything here.

import { encodeBase32, writeBase32 } from '../base/index.ts'
import type { CidString } from '../syntax/index.ts'
import { DataError } from './data-error.ts'

/** The multicodec of files and other raw bytes. */
export const CODEC_RAW = 0x55
/** The multicodec of DAG-CBOR. */
export const CODEC_DAG_CBOR = 0x71
/** The length of every CID of the protocol in bytes: a header of four, then the digest. */
export const CID_BYTES = 36

const VERSION = 1
const HASH_SHA256 = 0x12
const DIGEST_BYTES = 32
/** Where in a CID its digest begins. */
export const DIGEST_OFFSET: number = CID_BYTES - DIGEST_BYTES
const CID_LETTERS = 59
// Longer texts are not looked into, even to tell what is wrong with them.
const MAX_LETTERS = 256

/** What the bytes that a CID names are: {@link CODEC_DAG_CBOR} or {@link CODEC_RAW}. */
export type CidCodec = typeof CODEC_RAW | typeof CODEC_DAG_CBOR

/** The parts of a CID. */
export interface Cid {
  version: 1
  codec: CidCodec
  /** The multihash code, which is that of sha-256. */
  hash: 0x12
  /** The 32 bytes of the hash. */
  digest: Uint8Array<ArrayBuffer>
}

const scratch = new Uint8Array(CID_BYTES)

/**
 * Reads a CID in its text form.
 *
 * @throws {DataError} `unsupported-cid`: a CID with a version, codec or hash that the protocol does
 * not use. `invalid-cid`: anything else that is not a CID in base32.
 */
export function parseCid(text: string): Cid {
  if (!writeCidText(text, scratch, 0)) throw cidFault(otherCid(text))
  return partsAt(scratch)
}

/** Writes a CID in its text form. */
export function formatCid(cid: Cid): CidString {
  return formatCidDigest(cid.codec, cid.digest)
}

/**
 * Reads a CID in its binary form.
 *
 * @throws {DataError} as {@link parseCid}.
 */
export function decodeCid(bytes: Uint8Array): Cid {
  if (bytes.length !== CID_BYTES || !isCidAt(bytes, 0)) throw cidFault(bytes)
  return partsAt(bytes)
}

/** Writes a CID in its binary form, 36 bytes. */
export function encodeCid(cid: Cid): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CID_BYTES)
  writeCid(cid.codec, cid.digest, bytes)
  return bytes
}

/** The text form of the CID with a codec and the 32 bytes of a sha-256. */
export function formatCidDigest(codec: CidCodec, digest: Uint8Array): CidString {
  writeCid(codec, digest, scratch)
  return formatCidAt(scratch, 0)
}

/** Whether the 36 bytes at an offset, which are known to be there, are a CID of the protocol. */
export function isCidAt(bytes: Uint8Array, offset: number): boolean {
  const codec = bytes[offset + 1]
  return (
    bytes[offset] === VERSION &&
    (codec === CODEC_DAG_CBOR || codec === CODEC_RAW) &&
    bytes[offset + 2] === HASH_SHA256 &&
    bytes[offset + 3] === DIGEST_BYTES
  )
}

/** The text form of the CID in the 36 bytes at an offset, which {@link isCidAt} has approved. */
export function formatCidAt(bytes: Uint8Array, offset: number): CidString {
  return encodeBase32(bytes, offset, offset + CID_BYTES)
}

/** Whether a value is the text form of a CID of the protocol, with the codec where one is asked for. */
export function isCidText(value: unknown, codec?: CidCodec): value is CidString {
  return (
    typeof value === 'string' &&
    writeCidText(value, scratch, 0) &&
    (codec === undefined || scratch[1] === codec)
  )
}

/**
 * Writes the 36 bytes of a CID in its text form, for which there is room at the offset.
 * False, with those bytes in an undefined state, where it is not a CID of the protocol.
 */
export function writeCidText(text: string, into: Uint8Array, offset: number): boolean {
  return (
    text.length === CID_LETTERS &&
    writeBase32(text, into, offset) === CID_BYTES &&
    isCidAt(into, offset)
  )
}

/** The error for bytes that are not a CID of the protocol: one of another kind, or none at all. */
export function cidFault(bytes: Uint8Array, offset?: number): DataError {
  const isVersion0 = bytes[0] === HASH_SHA256 && bytes[1] === DIGEST_BYTES
  const isOtherVersion1 =
    bytes[0] === VERSION && bytes.length >= DIGEST_OFFSET && !isCidAt(bytes, 0)
  const code = isVersion0 || isOtherVersion1 ? 'unsupported-cid' : 'invalid-cid'
  return new DataError('Not a CID of version 1 with sha-256, of DAG-CBOR or raw bytes', {
    code,
    ...(offset !== undefined && { offset }),
  })
}

/** The bytes of a CID that is not one of the protocol's, where it is at least base32. */
function otherCid(text: string): Uint8Array {
  if (text.length > MAX_LETTERS) return new Uint8Array()
  const bytes = new Uint8Array(text.length)
  return bytes.subarray(0, Math.max(0, writeBase32(text, bytes, 0)))
}

function partsAt(bytes: Uint8Array): Cid {
  const digest = new Uint8Array(DIGEST_BYTES)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = bytes[DIGEST_OFFSET + i]!
  return { version: VERSION, codec: bytes[1] as CidCodec, hash: HASH_SHA256, digest }
}

function writeCid(codec: CidCodec, digest: Uint8Array, into: Uint8Array): void {
  if (digest.length !== DIGEST_BYTES) {
    throw new RangeError(`A digest has ${DIGEST_BYTES} bytes, not ${digest.length}`)
  }
  into[0] = VERSION
  into[1] = codec
  into[2] = HASH_SHA256
  into[3] = DIGEST_BYTES
  // For so few bytes a loop is faster than `set`.
  for (let i = 0; i < DIGEST_BYTES; i++) into[DIGEST_OFFSET + i] = digest[i]!
}
