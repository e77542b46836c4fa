// Who calls, for servers in the style of `fetch`.
import { isNsid } from '../syntax/index.ts'
import { ServiceAuthError } from './service-auth-error.ts'
import type { ServiceAuthClaims } from './service-jwt.ts'
import { verifyServiceAuth } from './verify-service-auth.ts'
import type { VerifyServiceAuthOptions } from './verify-service-auth.ts'

/**
 * Checks the service auth token of a request to `/xrpc/<method>`, which has to be for that method.
 *
 * @returns What the token says; `iss` is who calls.
 * @throws ServiceAuthError `missing-token`, or as {@link verifyServiceAuth}; and what the key resolver
 *   throws.
 * @example
 * ```ts
 * const auth = {
 *   audience: 'did:web:feed.example.com#bsky_fg',
 *   keys: new IdentityResolver(),
 *   replays: new MemoryReplayStore(),
 * }
 * async function serve(request: Request): Promise<Response> {
 *   try {
 *     const { iss } = await authenticate(request, auth)
 *     return Response.json({ feed: await feedOf(iss) })
 *   } catch (error) {
 *     if (error instanceof ServiceAuthError) return error.toResponse()
 *     throw error
 *   }
 * }
 * ```
 */
export async function authenticate(
  request: Request,
  options: Omit<VerifyServiceAuthOptions, 'lxm'>,
): Promise<ServiceAuthClaims> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? []
  if (!token) {
    throw new ServiceAuthError('The request carries no bearer token.', { code: 'missing-token' })
  }
  const [, method] = /\/xrpc\/([^/]+)$/.exec(new URL(request.url).pathname) ?? []
  if (!isNsid(method)) {
    throw new ServiceAuthError('The request is not to a method.', { code: 'wrong-method' })
  }
  return verifyServiceAuth(token, { ...options, lxm: method })
}
