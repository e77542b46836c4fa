// Zstandard where there is no Node: no other platform can do it with a dictionary.
import type { Decompress } from './decompress.ts'

/** The platform's own way to decompress: there is none. */
export const zstdDecompress: Decompress | undefined = undefined
