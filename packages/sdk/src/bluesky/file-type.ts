// The kind of a file, by its first bytes.

/** How many bytes {@link sniffFileType} looks at. */
export const SNIFFED_BYTES = 64

/** Bytes at a place that only files of one kind have; each character stands for one. */
const SIGNATURES: readonly (readonly [type: string, offset: number, signature: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1A\n'],
  ['image/jpeg', 0, '\xFF\xD8\xFF'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavi'],
  ['image/heic', 4, 'ftyphei'],
  ['image/heic', 4, 'ftypmif1'],
  ['video/quicktime', 4, 'ftypqt  '],
  // All other brands of ISO media.
  ['video/mp4', 4, 'ftyp'],
  ['video/mpeg', 0, '\x00\x00\x01\xBA'],
  ['video/mpeg', 0, '\x00\x00\x01\xB3'],
]

/** What WebM begins with, as other files of Matroska do: their kind is named a little further on. */
const MATROSKA = '\x1A\x45\xDF\xA3'

/**
 * The MIME type of an image or video, by the bytes it begins with: PNG, JPEG, GIF, WebP, AVIF, HEIC,
 * MP4, QuickTime, WebM and MPEG. Undefined for all others.
 *
 * @param bytes The first 64 bytes of the file, or all of it.
 */
export function sniffFileType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, SNIFFED_BYTES))
  if (head.startsWith(MATROSKA)) return head.includes('webm') ? 'video/webm' : undefined
  return SIGNATURES.find(([, offset, signature]) => head.startsWith(signature, offset))?.[0]
}

/** @internal Whether files of a MIME type are known by their first bytes. */
export function isSniffable(type: string): boolean {
  return type === 'video/webm' || SIGNATURES.some(([known]) => known === type)
}
