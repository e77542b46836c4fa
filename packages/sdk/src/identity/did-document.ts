// Reads what atproto puts into a DID document.

/** The part of a DID document (W3C DID Core) that atproto reads; the rest is left as it is. */
export interface DidDocument {
  id: string
  service?: readonly { id: string; type: string; serviceEndpoint: unknown }[]
  [field: string]: unknown
}

/**
 * The URL of the account's Personal Data Server, or undefined where the document names none.
 *
 * @param document A DID document, or anything that a server gave in place of one.
 * @see https://atproto.com/specs/did#did-documents
 */
export function pdsEndpoint(document: unknown): string | undefined {
  const services = (document as Partial<DidDocument> | null | undefined)?.service
  if (!Array.isArray(services)) return undefined
  for (const service of services as Partial<NonNullable<DidDocument['service']>[number]>[]) {
    // The id stands with or without the DID before the #. The first entry that fits counts.
    if (
      service?.type === 'AtprotoPersonalDataServer' &&
      typeof service.id === 'string' &&
      service.id.endsWith('#atproto_pds') &&
      typeof service.serviceEndpoint === 'string' &&
      /^https?:\/\//.test(service.serviceEndpoint)
    ) {
      return service.serviceEndpoint
    }
  }
  return undefined
}
