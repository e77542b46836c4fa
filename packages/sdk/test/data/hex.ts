/** The bytes of a text of hexadecimal digits, in which spaces mean nothing. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

/** Bytes as hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
