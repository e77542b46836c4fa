// Reads what atproto puts into a DID document.

/** The part of a DID document (W3C DID Core) that atproto reads; the rest is left as it is. */
export interface DidDocument {
  id: string
  service?: readonly ServiceEntry[]
  [field: string]: unknown
}

/** A service of the DID's subject. */
export interface ServiceEntry {
  id: string
  type: string
  serviceEndpoint: unknown
}

/**
 * The URL of the account's Personal Data Server, or undefined where the document names none.
 *
 * @param document A DID document, or anything that a server gave in place of one.
 * @see https://atproto.com/specs/did#did-documents
 */
export function pdsEndpoint(document: unknown): string | undefined {
  const services = (document as Partial<DidDocument> | undefined)?.service
  // The id stands with or without the DID before the #. The first entry that fits counts.
  const isPds = (service: Partial<ServiceEntry> | null) =>
    service?.type === 'AtprotoPersonalDataServer' &&
    String(service.id).endsWith('#atproto_pds') &&
    /^https?:/.test(String(service.serviceEndpoint))
  const entry = Array.isArray(services) && services.find(isPds)
  return entry ? String(entry.serviceEndpoint) : undefined
}
