// The handle that a DID document claims for its subject.
import { isHandle, normalizeHandle } from '../syntax/index.ts'
import type { Handle } from '../syntax/index.ts'

/** What stands for the handle of an account that has none which agrees both ways. */
export const INVALID_HANDLE = 'handle.invalid'

/**
 * The handle that the document claims, in lower case: the first of `alsoKnownAs` that is one, even
 * where it does not resolve. It is the account's only if it resolves to the document's DID in turn.
 *
 * @see https://atproto.com/specs/did#did-documents
 */
export function claimedHandle(document: { alsoKnownAs?: unknown }): Handle | undefined {
  const { alsoKnownAs } = document
  if (!Array.isArray(alsoKnownAs)) return undefined
  for (const name of alsoKnownAs) {
    if (typeof name !== 'string' || !name.startsWith('at://')) continue
    const handle = name.slice('at://'.length)
    if (isHandle(handle)) return normalizeHandle(handle)
  }
  return undefined
}
