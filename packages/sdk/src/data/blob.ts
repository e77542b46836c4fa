// References to files that are stored beside a repository, such as images.

import type { CidLink } from './lex-value.ts'

/** A reference to a file: its link (codec `raw`), its MIME type and its length in bytes, at least 1. */
export interface BlobRef {
  $type: 'blob'
  ref: CidLink
  mimeType: string
  size: number
}

/** The form of a blob reference that old records carry. It can be read, and should not be written anew. */
export interface LegacyBlobRef {
  cid: string
  mimeType: string
}
