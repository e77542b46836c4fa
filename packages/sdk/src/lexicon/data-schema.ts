// The kinds of values that JSON does not have, in the form that the data model gives them there
// (https://atproto.com/specs/data-model#json-representation), and values of no known kind.

import { base64Size } from '../base/index.ts'
import type { BlobRef, CidLink, LexBytes } from '../data/index.ts'
import { isCidString } from '../syntax/index.ts'
import { isObject, Schema } from './schema.ts'

/** The limits of bytes, both inclusive. */
export interface BytesLimits {
  minLength?: number | undefined
  maxLength?: number | undefined
}

/** What a blob may be. */
export interface BlobLimits {
  /** MIME types, such as `image/png` or `image/*`. */
  accept?: readonly string[] | undefined
  /** In bytes. */
  maxSize?: number | undefined
}

/** Bytes, written `{ $bytes }`. */
export function bytes({ minLength = 0, maxLength = Infinity }: BytesLimits = {}): Schema<LexBytes> {
  return new Schema((value, validation) => {
    const size = sizeOfBytes(value)
    if (size < 0) return validation.fail('wrong-type', 'an object with base64 as $bytes')
    if (size < minLength) return validation.fail('too-short', `at least ${minLength} bytes`)
    if (size > maxLength) return validation.fail('too-long', `at most ${maxLength} bytes`)
    return true
  })
}

/** How many bytes a value stands for, or -1 where it stands for none. */
function sizeOfBytes(value: unknown): number {
  if (!isObject(value) || Object.keys(value).length !== 1) return -1
  const text = value['$bytes']
  // Unused bits may be set, as the interoperability suite has it: the codec is stricter.
  return typeof text === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? base64Size(text) : -1
}

/** A link to a block or a blob, written `{ $link }`. */
export const cidLink: Schema<CidLink> = /* @__PURE__ */ new Schema(
  (value, validation) =>
    isCidLink(value) || validation.fail('wrong-type', 'an object with a CID as $link'),
)

// All CIDs of the protocol begin alike, but for the codec, and have three bits in their last letter.
const CID = /^baf[ky]rei[a-h](?:[a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7])+[aeimquy4]$/

function isCidLink(value: unknown): boolean {
  if (!isObject(value)) return false
  for (const key in value) {
    if (key !== '$link') return false
  }
  const text = value['$link']
  return typeof text === 'string' && text.length === 59 && CID.test(text)
}

/** A reference to a file. */
export function blob({ accept, maxSize = Infinity }: BlobLimits = {}): Schema<BlobRef> {
  return new Schema((value, validation) => {
    if (!isBlob(value) && !(validation.legacyBlobs && isLegacyBlob(value))) {
      return validation.fail('wrong-type', 'a blob')
    }
    const { mimeType, size } = value as BlobRef
    if (accept && !isAccepted(accept, mimeType) && !isAccepted(accept, bareType(mimeType))) {
      return validation.fail('not-accepted', `a blob of type ${accept.join(' or ')}`, 'mimeType')
    }
    if (size > maxSize) return validation.fail('too-large', `at most ${maxSize} bytes`, 'size')
    return true
  })
}

/** With a link of either codec, as the interoperability suite has it; the protocol writes `raw`. */
function isBlob(value: unknown): boolean {
  if (!isObject(value)) return false
  const { $type, ref, mimeType, size } = value
  return (
    $type === 'blob' &&
    typeof mimeType === 'string' &&
    mimeType !== '' &&
    Number.isSafeInteger(size) &&
    (size as number) > 0 &&
    isCidLink(ref)
  )
}

/** The form that old records carry, of which the size is not known. */
function isLegacyBlob(value: unknown): boolean {
  if (!isObject(value)) return false
  const { $type, cid, mimeType } = value
  return $type === undefined && isCidString(cid) && typeof mimeType === 'string' && mimeType !== ''
}

/** Without parameters; types are the same in upper case. */
function bareType(mimeType: string): string {
  return (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function isAccepted(accept: readonly string[], mimeType: string): boolean {
  return accept.some((pattern) => matchesMimeType(pattern, mimeType))
}

function matchesMimeType(pattern: string, mimeType: string): boolean {
  if (pattern === mimeType || pattern === '*/*') return true
  return pattern.endsWith('/*') && mimeType.startsWith(pattern.slice(0, -1))
}

/**
 * Any object that is not a link, bytes or a blob. What it holds no lexicon describes, so nothing of it
 * is looked at, as of fields and members of unions that a lexicon does not name: `isLexValue` tells
 * whether all of a value is data of the protocol.
 */
export const unknown: Schema<{ [field: string]: unknown }> = /* @__PURE__ */ new Schema(
  (value, validation) => {
    if (!isObject(value)) return validation.fail('wrong-type', 'an object')
    const { $link, $bytes, $type } = value
    const isPlain = $link === undefined && $bytes === undefined && $type !== 'blob'
    return isPlain || validation.fail('wrong-type', 'no link, bytes or blob')
  },
)
