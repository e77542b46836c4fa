import type { Did, Handle, Uri } from '../syntax/index.ts'
import type { DetectedFacet } from './detected-facet.ts'
import { detectFacets } from './facet-detection.ts'
import { usableFacets } from './facet-issues.ts'
import type { Facet, RichText } from './rich-text.ts'

/** Finds the account behind a handle; an `IdentityResolver` does. */
export interface HandleResolver {
  /** Gives the DID, or throws where there is none. */
  resolveHandle(handle: Handle): Promise<Did>
}

/** What to do besides resolving. */
export interface ResolveFacetsOptions {
  /** Told of each handle that was not resolved, and why; its mention stays plain text. */
  onUnresolved?: ((handle: Handle, error: unknown) => void) | undefined
}

/**
 * Turns detected facets into ones that a record may hold: mentions get the DID of their handle, and
 * those whose handle does not resolve are left out, as are facets that overlap an earlier one; links
 * are percent-encoded where they are not ASCII. Each handle is resolved once.
 */
export async function resolveFacets(
  text: string,
  detected: readonly DetectedFacet[],
  resolver: HandleResolver,
  { onUnresolved }: ResolveFacetsOptions = {},
): Promise<Facet[]> {
  const lookups = new Map<string, Promise<Did | undefined>>()
  const lookUp = async (handle: Handle): Promise<Did | undefined> => {
    try {
      return await resolver.resolveHandle(handle)
    } catch (error) {
      onUnresolved?.(handle, error)
      return undefined
    }
  }
  const resolve = async ({ index, features: [feature] }: DetectedFacet): Promise<Facet[]> => {
    if ('uri' in feature) {
      return [{ index, features: [{ ...feature, uri: encodeUri(feature.uri) }] }]
    }
    if ('tag' in feature) return [{ index, features: [feature] }]
    const key = feature.handle.toLowerCase()
    const lookup = lookups.get(key) ?? lookUp(feature.handle)
    lookups.set(key, lookup)
    const did = await lookup
    return did === undefined ? [] : [{ index, features: [{ $type: feature.$type, did }] }]
  }
  const facets = (await Promise.all(detected.map(resolve))).flat()
  return usableFacets({ text, facets })
}

/** People write any letters into links; the URIs of records have ASCII alone (RFC 3986). */
function encodeUri(uri: Uri): Uri {
  return uri.replaceAll(/[^!-~\p{Cs}]+/gu, encodeURIComponent) as Uri
}

/**
 * A text as Bluesky's app would post it: its mentions, links and tags detected, and the mentions
 * resolved.
 *
 * @example
 * ```ts
 * const { text, facets } = await detectRichText('Hello @alice.example.com', new IdentityResolver())
 * ```
 */
export async function detectRichText(
  text: string,
  resolver: HandleResolver,
  options?: ResolveFacetsOptions,
): Promise<RichText> {
  return { text, facets: await resolveFacets(text, detectFacets(text), resolver, options) }
}
