// From what a person writes as a service to the URL that paths are appended to.

/** The service that is used where none is named: Bluesky's entryway. */
export const DEFAULT_SERVICE = 'bsky.social'

/**
 * The base URL of a service, without a slash at its end. Takes a host name (`pds.example.com`,
 * `localhost:2583`: HTTPS) or a URL; a path in it is kept, and `ws:` and `wss:` become their HTTP
 * counterparts.
 *
 * @throws TypeError where it is neither, or where it carries a password, a query or a fragment.
 */
export function parseService(service: string): string {
  let url: URL | undefined
  try {
    url = new URL(service.includes('://') ? service.replace(/^ws/i, 'http') : `https://${service}`)
  } catch {
    // said below, with what to do about it
  }
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    throw new TypeError(
      `The service must be a host name or an HTTP(S) URL, such as "pds.example.com"; got "${service}"`,
    )
  }
  return url.origin + url.pathname.replace(/\/+$/, '')
}
