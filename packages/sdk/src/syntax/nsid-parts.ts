import type { Nsid } from './nsid.ts'

/** What an NSID is made of. */
export interface NsidParts {
  /** The domain whose owner decides over the NSID, in the order of DNS: `feed.bsky.app`. */
  readonly authority: string
  /** The last segment: `post`. */
  readonly name: string
}

/** Splits a valid NSID. It checks nothing: give text from elsewhere to `parseNsid` first. */
export function nsidParts(nsid: Nsid): NsidParts {
  const lastDot = nsid.lastIndexOf('.')
  return {
    authority: nsid.slice(0, lastDot).split('.').toReversed().join('.'),
    name: nsid.slice(lastDot + 1),
  }
}

/**
 * Gives the form of an NSID in which equal NSIDs are equal strings: the domain in lower case, the
 * name as it is.
 */
export function normalizeNsid(nsid: Nsid): Nsid {
  const lastDot = nsid.lastIndexOf('.')
  return (nsid.slice(0, lastDot).toLowerCase() + nsid.slice(lastDot)) as Nsid
}
