// The text methods of Node's Buffer, which work on any byte array.

import { Buffer } from 'node:buffer'

/** Methods to call on a byte array. Ends are exclusive. */
export interface NativeText {
  latin1Slice(this: Uint8Array, start: number, end: number): string
  utf8Slice(this: Uint8Array, start: number, end: number): string
  /** Two bytes for each UTF-16 unit, the lower one first. */
  ucs2Slice(this: Uint8Array, start: number, end: number): string
  base64Slice(this: Uint8Array, start: number, end: number): string
  /** Returns the number of bytes written. Lone surrogates become U+FFFD. */
  utf8Write(this: Uint8Array, text: string, offset: number): number
}

/** The methods. Their names are old, and other runtimes with a Buffer have them too. */
export const nativeText: NativeText = Buffer.prototype
