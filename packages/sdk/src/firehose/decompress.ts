/**
 * Decompresses one frame of Zstandard (RFC 8878), which was made with a dictionary.
 *
 * @param limit The most bytes that may come of it; it throws where there are more.
 */
export type Decompress = (frame: Uint8Array, dictionary: Uint8Array, limit: number) => Uint8Array
