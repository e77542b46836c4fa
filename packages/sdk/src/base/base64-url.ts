// The URL-safe base64 of RFC 4648 section 5, without padding, as tokens and operations write it.

import { decodeBase64 } from './base64.ts'
import { encodeBase64 } from './text.ts'

/** The base64url of bytes, without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')
}

/** Decodes base64url, or returns undefined where it is not valid: padding and unused bits are not. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}
