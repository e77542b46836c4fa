import { MAX_AT_URI_LENGTH, parseAtUri } from './at-uri.ts'
import type { AtUri } from './at-uri.ts'
import { FormatError } from './format-error.ts'
import { isHandle, normalizeHandle } from './handle.ts'
import { normalizeNsid } from './nsid-parts.ts'
import { isNsid } from './nsid.ts'

// Escapes of characters that need none are undone; the others get upper-case digits.
function normalizeEscapes(text: string): string {
  return text.replaceAll(/%[\da-fA-F]{2}/g, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase()
  })
}

function resolveDots(segments: readonly string[]): string[] {
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') resolved.pop()
    else if (segment !== '' && segment !== '.') resolved.push(segment)
  }
  return resolved
}

/**
 * Gives the form of an AT URI in which equal URIs are equal strings, from any spelling that the
 * general syntax allows: the scheme, a handle and the domain of the collection in lower case, no
 * needless escapes, no empty or dot segments and no slash at the end (AT URI specification,
 * "Normalization"). A handle stays a handle, and differs from the DID it stands for.
 *
 * @example
 * ```ts
 * normalizeAtUri('AT://Jay.bsky.social/app.bsky.feed.post/')
 * // 'at://jay.bsky.social/app.bsky.feed.post'
 * ```
 *
 * @throws {@link FormatError} when what results is no valid AT URI, with the codes of `parseAtUri`.
 *   So it is with a query or a fragment: they address something else than the record.
 */
export function normalizeAtUri(uri: string): AtUri {
  if (uri.length > MAX_AT_URI_LENGTH) throw new FormatError('at-uri', 'too-long', uri)
  const scheme = uri.slice(0, 5).toLowerCase()
  const [authority = '', ...segments] = normalizeEscapes(uri.slice(5)).split('/')
  const repo = isHandle(authority) ? normalizeHandle(authority) : authority
  const path = resolveDots(segments)
  const [collection] = path
  if (isNsid(collection)) path[0] = normalizeNsid(collection)
  return parseAtUri([scheme + repo, ...path].join('/'))
}
