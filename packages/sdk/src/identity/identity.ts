// What an identity is made of, as read from a DID document alone.
import type { DidKey } from '../crypto/index.ts'
import type { Did, Handle } from '../syntax/index.ts'
import { claimedHandle } from './claimed-handle.ts'
import { pdsEndpoint } from './did-document.ts'
import type { DidDocument } from './did-document.ts'
import { isPublicHost } from './public-host.ts'
import { verificationKey } from './verification-key.ts'

/** Who an account is, and where. */
export interface Identity {
  did: Did
  /** In lower case; `handle.invalid` where handle and DID do not name each other. */
  handle: Handle
  /** The origin of the account's Personal Data Server; undefined where the document names none. */
  pds: string | undefined
  /** The key that signs the account's repository; undefined where the document has none that is valid. */
  signingKey: DidKey | undefined
  /** The whole document. It is shared with the resolver's cache: do not change it. */
  didDocument: DidDocument
}

/** @internal What a document says by itself. */
export interface DocumentFacts extends Pick<Identity, 'pds' | 'signingKey'> {
  /** The handle that it claims. */
  claimed: Handle | undefined
}

/** @internal Reads what a document says by itself. */
export function readDocument(document: DidDocument, allowLoopback: boolean): DocumentFacts {
  return {
    claimed: claimedHandle(document),
    pds: publicOrigin(pdsEndpoint(document), allowLoopback),
    signingKey: verificationKey(document),
  }
}

/**
 * The origin that the URL of a PDS is, if it is one of HTTPS at a public host, and no more than that.
 * Whoever gets it will send requests there, and perhaps a password.
 */
function publicOrigin(endpoint: string | undefined, allowLoopback: boolean): string | undefined {
  if (!endpoint || !URL.canParse(endpoint)) return undefined
  const { href, hostname, origin, protocol } = new URL(endpoint)
  const isSafe = protocol === 'https:' || (allowLoopback && protocol === 'http:')
  return isSafe && href === `${origin}/` && isPublicHost(hostname, allowLoopback)
    ? origin
    : undefined
}
