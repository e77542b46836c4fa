// A file before it is uploaded: what it is, and whether it may be.
import type { BinaryChunk } from '../lexicon/index.ts'
import { BlueskyError } from './bluesky-error.ts'
import { isSniffable, SNIFFED_BYTES, sniffFileType } from './file-type.ts'

/** What a file must be to be uploaded. */
export interface FileLimits {
  /** The MIME types that are taken, such as `video/mp4` or `image/*`. @default all */
  accept?: readonly string[] | undefined
  /** The most bytes that it may have. @default any number */
  maxBytes?: number | undefined
}

/** @internal A file that may be uploaded, and its MIME type. */
export interface CheckedFile {
  blob: Blob
  type: string
}

/**
 * @internal Checks a file by its first bytes; what it is declared to be, it must be.
 * @throws BlueskyError `empty-file`, `file-too-large` or `wrong-file-type`.
 */
export async function checkFile(
  file: BinaryChunk,
  declared: string | undefined,
  { accept, maxBytes = Infinity }: FileLimits,
): Promise<CheckedFile> {
  const blob = file instanceof Blob ? file : new Blob([file as BlobPart])
  if (blob.size === 0) throw new BlueskyError('The file is empty', { code: 'empty-file' })
  if (blob.size > maxBytes) {
    throw new BlueskyError(`The file has ${blob.size} bytes, more than ${maxBytes}`, {
      code: 'file-too-large',
    })
  }
  const head = new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer())
  const found = sniffFileType(head)
  const named = normalizeType(declared ?? blob.type)
  if (named && named !== found && (found || isSniffable(named))) {
    refuse(`The file is declared as ${named}, but is ${found ?? 'something else'}`)
  }
  const type = found ?? (named || 'application/octet-stream')
  if (accept && !accept.some((pattern) => matches(pattern, type))) {
    refuse(`The file is ${type}, not ${accept.join(' or ')}`)
  }
  return { blob, type }
}

function refuse(message: string): never {
  throw new BlueskyError(message, { code: 'wrong-file-type' })
}

/** The type without parameters, and by the name that it is registered under. */
function normalizeType(type: string): string {
  const [name = ''] = type.toLowerCase().split(';')
  return name.trim().replace('image/jpg', 'image/jpeg')
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
