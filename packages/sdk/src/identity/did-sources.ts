// From a DID to its document, by the two methods of the protocol.
import { isDid, isHandle } from '../syntax/index.ts'
import type { Did } from '../syntax/index.ts'
import type { DidDocument } from './did-document.ts'
import { fetchText, refusal } from './fetch-text.ts'
import { IdentityError } from './identity-error.ts'
import type { Network } from './network.ts'
import { assertPublicHost } from './public-host.ts'

/**
 * The most objects and lists in a document, a common one having ten: so many can be nested without
 * running out of stack.
 */
const MAX_PARTS = 1000

/**
 * @internal The DID, if it is one that can be resolved: did:plc, or did:web of a host without port
 * and path, in lower case. In development also did:web of `localhost`, with a port.
 *
 * @throws IdentityError `invalid-did`, `unsupported-did-method`, `reserved-domain`.
 * @see https://atproto.com/specs/did#blessed-did-methods
 */
export function resolvableDid(did: string, { allowLoopback }: Network): Did {
  const [, host = ''] = /^did:web:(.*)$/.exec(did) ?? []
  const isWeb = isHandle(host) && host === host.toLowerCase()
  if (isWeb) assertPublicHost(host, allowLoopback)
  const isLocal = allowLoopback && /^localhost(?:%3A\d{1,5})?$/.test(host)
  if (isWeb || isLocal || /^did:plc:[a-z2-7]{24}$/.test(did)) return did as Did
  const isKnown = !isDid(did) || /^did:(?:plc|web):/.test(did)
  throw new IdentityError(`${JSON.stringify(did)} is no DID that resolves.`, {
    code: isKnown ? 'invalid-did' : 'unsupported-did-method',
  })
}

function documentUrl(did: Did, plcUrl: string): string {
  if (did.startsWith('did:plc:')) return `${plcUrl}/${did}`
  const host = did.slice('did:web:'.length).replace('%3A', ':')
  const scheme = /^localhost\b/.test(host) ? 'http' : 'https'
  return `${scheme}://${host}/.well-known/did.json`
}

/**
 * @internal The document of a DID, which is checked to be that DID's.
 * @throws IdentityError `did-not-found`, `did-deactivated`, `invalid-document`,
 *   `wrong-document-id`, `bad-status`, or what `fetchText` throws.
 */
export function documentOfDid(did: Did, network: Network): Promise<DidDocument> {
  const url = documentUrl(did, network.plcUrl)
  const document = askForDocument(did, url, network)
  network.watch?.('document', url, document)
  return document
}

async function askForDocument(did: Did, url: string, network: Network): Promise<DidDocument> {
  const trusted = did.startsWith('did:plc:')
  const { ok, status, text } = await fetchText(network, url, { trusted })
  if (!ok) throw refusal(url, status, status === 410 ? 'did-deactivated' : 'did-not-found')
  const document = parseDocument(text, url)
  if (document['id'] !== did) {
    throw new IdentityError(`${url} is of another DID.`, { code: 'wrong-document-id' })
  }
  return document as DidDocument
}

function parseDocument(text: string, url: string): Record<string, unknown> {
  let document: unknown
  try {
    if (text.split(/[[{]/).length <= MAX_PARTS) document = JSON.parse(text)
  } catch {
    // Named below, like all else that is no document.
  }
  if (!document || typeof document !== 'object') {
    throw new IdentityError(`${url} is no DID document.`, {
      code: 'invalid-document',
    })
  }
  return document as Record<string, unknown>
}
