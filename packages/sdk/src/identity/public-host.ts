// Which hosts a resolver may ask. Every name and URL here comes from whoever made up the identity.
import { isHandle } from '../syntax/index.ts'
import { IdentityError } from './identity-error.ts'

/**
 * Top-level domains that must not resolve (handle specification, "Additional Non-Syntax
 * Restrictions"). `test` is for development alone.
 */
const RESERVED = /\.(?:alt|arpa|example|internal|invalid|local|localhost|onion|test)$/i

/** Hosts that development uses: this machine, and names that only an own DNS knows. */
const DEVELOPMENT = /^127\.0\.0\.1$|(?:^|\.)(?:localhost|test)$/i

/**
 * @internal Whether a name is of the public internet by its looks: no address in any spelling, no
 * name without a dot, no reserved domain. What it resolves to is checked when it is connected to.
 */
export function isPublicHost(host: string, allowLoopback: boolean): boolean {
  if (allowLoopback && DEVELOPMENT.test(host)) return true
  // The syntax of handles leaves out all addresses, since their last label begins with a digit.
  return isHandle(host) && !RESERVED.test(host)
}

/**
 * @internal Refuses hosts that are not public.
 * @throws IdentityError `reserved-domain`, `not-public`.
 */
export function assertPublicHost(host: string, allowLoopback: boolean): void {
  if (isPublicHost(host, allowLoopback)) return
  throw new IdentityError(`${host} is not the name of a public host.`, {
    code: RESERVED.test(host) ? 'reserved-domain' : 'not-public',
  })
}

/**
 * @internal Refuses URLs that a resolver may not ask: anything but HTTPS on its own port at a public
 * host. In development, HTTP and any port of this machine are let through.
 * @throws IdentityError `not-https`, `not-public`, `reserved-domain`.
 */
export function assertPublicUrl(url: URL, allowLoopback: boolean): void {
  assertPublicHost(url.hostname, allowLoopback)
  const isThisMachine = allowLoopback && !isHandle(url.hostname)
  if (isThisMachine || (url.protocol === 'https:' && !url.port)) return
  throw new IdentityError(`${url.origin} is not HTTPS on its own port.`, { code: 'not-https' })
}
