// The one seam of the network: everything above sends its requests through a FetchHandler.
import { parseService } from './service.ts'

/**
 * Sends one request and gives its response. `pathname` begins with `/xrpc/` and holds the query.
 * Sessions, tests and your own wrappers are functions of this type around another one.
 */
export type FetchHandler = (pathname: string, init: RequestInit) => Promise<Response>

/**
 * A handler that sends requests to a service, without credentials.
 *
 * @param service A host name or URL, see `parseService`.
 * @param fetch In place of the platform's own `fetch`.
 * @throws TypeError where the service is neither host name nor URL.
 */
export function createFetchHandler(service: string, fetch?: typeof globalThis.fetch): FetchHandler {
  const base = parseService(service)
  // The global is looked up at each call, so that one put in its place later counts too.
  return (pathname, init) => (fetch ?? globalThis.fetch)(base + pathname, init)
}
