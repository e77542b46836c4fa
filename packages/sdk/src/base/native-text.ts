// The text methods of Node's Buffer, which also work on plain byte arrays. Deno and Bun have them
// too; elsewhere this is undefined, and callers take their portable path. Reached through
// globalThis, so that no bundler pulls in a polyfill.

/** Methods to call on a byte array. Ends are exclusive; ranges are not checked. */
export interface NativeText {
  latin1Slice(this: Uint8Array, start: number, end: number): string
  utf8Slice(this: Uint8Array, start: number, end: number): string
  /** Returns the number of bytes written. Lone surrogates become U+FFFD. */
  utf8Write(this: Uint8Array, text: string, offset: number): number
  /** Two bytes for each UTF-16 unit, the lower one first. */
  ucs2Slice(this: Uint8Array, start: number, end: number): string
  base64Slice(this: Uint8Array, start: number, end: number): string
}

const METHODS = ['latin1Slice', 'utf8Slice', 'utf8Write', 'ucs2Slice', 'base64Slice'] as const

function findNativeText(): NativeText | undefined {
  const { Buffer } = globalThis as { Buffer?: { prototype: Partial<NativeText> } }
  const prototype = Buffer?.prototype
  const isComplete = METHODS.every((name) => typeof prototype?.[name] === 'function')
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  return isComplete && isLittleEndian ? (prototype as NativeText) : undefined
}

/** Undefined where the platform lacks any of the methods, or is not little-endian. */
export const nativeText: NativeText | undefined = findNativeText()
