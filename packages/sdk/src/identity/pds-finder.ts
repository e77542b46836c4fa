// The services of accounts: where each account's own calls go.
import { createFetchHandler, DEFAULT_SERVICE } from '../xrpc/index.ts'
import type { FetchHandler } from '../xrpc/index.ts'
import { IdentityError } from './identity-error.ts'
import { IdentityResolver } from './identity-resolver.ts'

/** What of the options of an `ATProto` says where calls go. */
export interface PdsFinderTarget {
  /** A service by its name; absent or `'auto'` for the PDS of whichever account a call is about. */
  service?: string | undefined
  /** Sends the calls, in place of the platform's own `fetch` and the resolver's `publicFetch`. */
  fetch?: typeof globalThis.fetch | undefined
}

/** What finds accounts, and asks the hosts that they name. */
export type AccountResolver = Pick<IdentityResolver, 'resolve'> &
  Partial<Pick<IdentityResolver, 'publicFetch'>>

/** The parameters by which queries name the account that they are about. */
const ACCOUNT_PARAMETERS = ['repo', 'did']

/**
 * Sends calls to the Personal Data Server of the account that they are about: the `identity` option
 * of `ATProto`.
 *
 * @example
 * ```ts
 * import { ATProto } from 'atproto.ts'
 * import { PdsFinder } from 'atproto.ts/identity'
 *
 * const identity = new PdsFinder()
 * const mine = await ATProto.login({ identifier: 'alice.example.com', password, identity })
 * const anyones = ATProto.anonymous({ service: 'auto', identity })
 * for await (const post of anyones.collection('app.bsky.feed.post').list({ repo: 'bob.example.org' }))
 *   console.log(post.value.text)
 * ```
 */
export class PdsFinder {
  /** Resolves the accounts. */
  readonly resolver: AccountResolver

  /** @param resolver One that you have, so that what it knows is shared. */
  constructor(resolver: AccountResolver = new IdentityResolver()) {
    this.resolver = resolver
  }

  /**
   * The service at which an account logs in: its own PDS. An e-mail address belongs to a service
   * rather than to an identity, so there is none to be found for it.
   *
   * @throws IdentityError as `IdentityResolver.resolve`, and `no-pds`.
   */
  async service(identifier: string): Promise<string | undefined> {
    return identifier.includes('@') ? undefined : this.#pdsOf(identifier)
  }

  /**
   * A handler that sends each query to the PDS of the account which its `repo` or `did` names, and
   * calls that name none to `bsky.social`. In Node no account can have calls sent to an address that
   * is not public, and nowhere are redirects followed. It throws what {@link service} throws.
   */
  fetchHandler({ service = 'auto', fetch }: PdsFinderTarget = {}): FetchHandler {
    if (service !== 'auto') return createFetchHandler(service, fetch)
    return async (pathname, init) => {
      const { searchParams } = new URL(pathname, 'https://auto')
      const [name] = ACCOUNT_PARAMETERS.filter((parameter) => searchParams.has(parameter))
      if (!name) return createFetchHandler(DEFAULT_SERVICE, fetch)(pathname, init)
      const pds = await this.#pdsOf(searchParams.get(name)!)
      // The account chose the host; it shall not choose where the call goes from there as well.
      const send = createFetchHandler(pds, fetch ?? this.resolver.publicFetch)
      return send(pathname, { ...init, redirect: 'manual' })
    }
  }

  async #pdsOf(identifier: string): Promise<string> {
    const { did, pds } = await this.resolver.resolve(identifier)
    if (pds) return pds
    throw new IdentityError(`The document of ${did} names no PDS.`, { code: 'no-pds' })
  }
}
