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
  const [, secure = 's', address] =
    /^(?:(?:http|ws)(s?):\/\/)?([^\s/@?#]+(?:\/[^\s/@?#]+)*)\/*$/i.exec(service) ?? []
  if (!address) throw new TypeError(`Not a host name or URL: "${service}"`)
  return `http${secure}://${address}`
}
