// The text methods of Node's Buffer, which also work on plain byte arrays. Deno and Bun have them
// too; elsewhere this is undefined, and callers take their portable path. Reached through
// globalThis, so that no bundler pulls in a polyfill.

/** Methods to call on a byte array. Ends are exclusive; ranges are not checked. */
export interface NativeText {
  latin1Slice(this: Uint8Array, start: number, end: number): string
  utf8Slice(this: Uint8Array, start: number, end: number): string
  /** Returns the number of bytes written. Lone surrogates become U+FFFD. */
  utf8Write(this: Uint8Array, text: string, offset: number): number
  base64Slice(this: Uint8Array, start: number, end: number): string
}

const prototype = (globalThis as { Buffer?: { prototype: Partial<NativeText> } }).Buffer?.prototype

/** Undefined where the platform lacks any of the methods. */
export const nativeText: NativeText | undefined =
  prototype?.latin1Slice && prototype.utf8Slice && prototype.utf8Write && prototype.base64Slice
    ? (prototype as NativeText)
    : undefined
