// Dictionaries of Zstandard, as far as their number.

/** What dictionaries of Zstandard begin with (RFC 8878, section 5). Their number follows. */
const DICTIONARY_MAGIC = 0xec30a437

/**
 * The number of a dictionary, which version two of the service wants to hear.
 *
 * @throws TypeError where it is no dictionary.
 */
export function dictionaryId({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const view = new DataView(buffer, byteOffset, byteLength)
  if (byteLength < 8 || view.getUint32(0, true) !== DICTIONARY_MAGIC) {
    throw new TypeError('Not a dictionary of Zstandard')
  }
  return view.getUint32(4, true)
}
