// Reads what atproto puts into a DID document.

/** The part of a DID document (W3C DID Core) that atproto reads; the rest is left as it is. */
export interface DidDocument {
  id: string
  alsoKnownAs?: readonly string[]
  service?: readonly ServiceEntry[]
  verificationMethod?: readonly VerificationMethod[]
  [field: string]: unknown
}

/** A service of the DID's subject. */
export interface ServiceEntry {
  id: string
  type: string
  serviceEndpoint: unknown
}

/** A public key of the DID's subject. */
export interface VerificationMethod {
  id: string
  type: string
  controller: string
  publicKeyMultibase?: string
}

/**
 * The URL of a service of the DID's subject, or undefined where the document names none: a labeler's
 * is `serviceEndpoint(document, 'atproto_labeler', 'AtprotoLabeler')`, a feed generator's
 * `serviceEndpoint(document, 'bsky_fg', 'BskyFeedGenerator')`.
 *
 * @param document A DID document, or anything that a server gave in place of one.
 * @param fragment What stands after the # in the entry's id.
 * @see https://atproto.com/specs/did#did-documents
 */
export function serviceEndpoint(
  document: unknown,
  fragment: string,
  type: string,
): string | undefined {
  const services = (document as Partial<DidDocument> | undefined)?.service
  // The id stands with or without the DID before the #. The first entry that fits counts.
  const fits = (service: Partial<ServiceEntry> | null) =>
    service?.type === type &&
    String(service.id).endsWith(`#${fragment}`) &&
    /^https?:/.test(String(service.serviceEndpoint))
  const entry = Array.isArray(services) ? services.find(fits) : undefined
  return entry && String(entry.serviceEndpoint)
}

/** The URL of the account's Personal Data Server, or undefined where the document names none. */
export function pdsEndpoint(document: unknown): string | undefined {
  return serviceEndpoint(document, 'atproto_pds', 'AtprotoPersonalDataServer')
}
