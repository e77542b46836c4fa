// References to files that are stored beside a repository, such as images
// (https://atproto.com/specs/data-model#blob-type).

import { isCidString } from '../syntax/index.ts'
import { CODEC_RAW, isCidText } from './cid.ts'
import type { CidLink } from './lex-value.ts'

/** A reference to a file: its link (codec `raw`), its MIME type and its length in bytes, at least 1. */
export interface BlobRef {
  $type: 'blob'
  ref: CidLink
  mimeType: string
  size: number
}

/** The form of a blob reference that old records carry: to be read, and never to be written anew. */
export interface LegacyBlobRef {
  cid: string
  mimeType: string
}

/**
 * Whether a value is a reference to a file. With `legacy`, the old form of one is too: it has no
 * `$type`, so ask for it only where a lexicon says that a blob is expected.
 */
export function isBlobRef(value: unknown, options?: { legacy?: false }): value is BlobRef
export function isBlobRef(
  value: unknown,
  options: { legacy?: boolean },
): value is BlobRef | LegacyBlobRef
export function isBlobRef(
  value: unknown,
  options?: { legacy?: boolean },
): value is BlobRef | LegacyBlobRef {
  if (typeof value !== 'object' || value === null) return false
  const { $type, ref, mimeType, size, cid } = value as Record<string, unknown>
  if (typeof mimeType !== 'string' || mimeType === '') return false
  if ($type === undefined && options?.legacy === true) return isCidString(cid)
  return $type === 'blob' && isRawLink(ref) && Number.isSafeInteger(size) && (size as number) > 0
}

function isRawLink(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    isCidText((value as { $link?: unknown }).$link, CODEC_RAW) &&
    Object.keys(value).length === 1
  )
}
