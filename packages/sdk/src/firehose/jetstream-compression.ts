// The messages of Jetstream as text. The service compresses them on request, each on its own, with a
// dictionary that both sides have.
import { zstdDecompress } from '#zstd'
import type { Decompress } from './decompress.ts'
import { FirehoseError } from './firehose-error.ts'

/** More than any event takes: a record has 1 MiB at most, in a denser form. */
const MAX_MESSAGE_BYTES = 5_000_000

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** How the service shall compress, and what undoes it. */
export interface JetstreamCompression {
  /**
   * The dictionary, which this package does not hold. Version one of the service has one for all time,
   * the file `zstd_dictionary` among its sources. Version two gives out its own: see
   * {@link fetchJetstreamDictionary}. Where it no longer knows the one that it is given, its messages
   * come without compression.
   */
  dictionary: Uint8Array
  /**
   * Decompresses a message. Give one, such as of WebAssembly, anywhere but in Node from 22.19 and 24.6
   * on. @default Node's
   */
  decompress?: Decompress | undefined
}

/**
 * Makes a function that gives the text of a message, and throws a {@link FirehoseError}
 * `frame-too-large` or `invalid-frame` where it has none.
 *
 * @throws TypeError where nothing here can decompress.
 */
export function messageReader(
  compression: JetstreamCompression | undefined,
): (message: Uint8Array | string) => string {
  const decompress = compression && (compression.decompress ?? zstdDecompress)
  if (compression && !decompress) {
    throw new TypeError('There is no Zstandard here that takes dictionaries: give a decompress')
  }
  return (message) => {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new FirehoseError('The message is too large', { code: 'frame-too-large' })
    }
    if (typeof message === 'string') return message
    try {
      if (!compression || !decompress) throw new TypeError('No compression was asked for')
      return decoder.decode(decompress(message, compression.dictionary, MAX_MESSAGE_BYTES))
    } catch (cause) {
      throw new FirehoseError('The message is not text', { code: 'invalid-frame', cause })
    }
  }
}
