// Zstandard as Node has it, where it takes dictionaries: from 22.19 and 24.6 on.
import * as zlib from 'node:zlib'
import type { Decompress } from './decompress.ts'

/** The platform's own way to decompress. */
export const zstdDecompress: Decompress | undefined = takesDictionary()
  ? (frame, dictionary, maxOutputLength) =>
      zlib.zstdDecompressSync(frame, { dictionary, maxOutputLength })
  : undefined

/** Older ones lack the function, or pass over the dictionary in silence. */
function takesDictionary(): boolean {
  const { zstdCompressSync } = zlib as Partial<typeof zlib>
  if (!zstdCompressSync) return false
  const dictionary = new TextEncoder().encode(
    'What stands in a dictionary takes no room in a frame.',
  )
  return zstdCompressSync(dictionary, { dictionary }).length < zstdCompressSync(dictionary).length
}
