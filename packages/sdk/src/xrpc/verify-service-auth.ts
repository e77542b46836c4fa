// Checks the tokens by which others call a service.
import { parseDidKey, verifySignature } from '../crypto/index.ts'
import type { VerifySignatureOptions } from '../crypto/index.ts'
import type { Nsid } from '../syntax/index.ts'
import type { ReplayStore } from './replay-store.ts'
import { ServiceAuthError } from './service-auth-error.ts'
import type { ServiceAuthErrorCode } from './service-auth-error.ts'
import { DEFAULT_KEY_ID, JWT_ALGORITHMS, parseServiceJwt } from './service-jwt.ts'
import type { ServiceAuthClaims, ServiceJwt } from './service-jwt.ts'

/** Finds the keys of accounts: an `IdentityResolver` is one. */
export interface KeyResolver {
  /**
   * @param fragment The key's id in the account's DID document, without the #.
   * @param refresh Asks anew rather than give a key that was kept.
   * @returns The key as a did:key.
   */
  resolveKey(did: string, fragment: string, refresh: boolean): Promise<string>
}

/** What a service takes. */
export interface VerifyServiceAuthOptions {
  /**
   * The service's own names, each a DID with the id of a service entry. A bare DID is the older form
   * and stands for itself alone: list it as well to take that.
   */
  audience: string | readonly string[]
  /** The method that is called; undefined for what is no XRPC method, then tokens of none are taken. */
  lxm: Nsid | undefined
  /** Finds the issuer's key. What it throws is thrown. */
  keys: KeyResolver
  /** Remembers which tokens were used. */
  replays: ReplayStore
  /** The ids of keys that may sign. @default ['#atproto'] */
  keyIds?: readonly `#${string}`[] | undefined
  /** How far clocks may differ, in seconds. @default 5 */
  clockTolerance?: number | undefined
  /** The longest that a token may be good for, in seconds. @default 3600 */
  maxLifetime?: number | undefined
  /** How signatures are verified. */
  signature?: VerifySignatureOptions | undefined
}

/**
 * Checks a service auth token: its form, audience, method, times, the issuer's signature, and that it
 * is used for the first time. A key that does not fit is asked for anew once, in case it was rotated.
 *
 * @returns What the token says; `iss` is who calls.
 * @throws ServiceAuthError with the reason as its code; and what the key resolver throws.
 * @see https://atproto.com/specs/xrpc#inter-service-authentication-jwt
 */
export async function verifyServiceAuth(
  token: string,
  options: VerifyServiceAuthOptions,
): Promise<ServiceAuthClaims> {
  const { audience, clockTolerance = 5, keyIds = [DEFAULT_KEY_ID], lxm, replays } = options
  const jwt = parseServiceJwt(token)
  const { claims, kid } = jwt
  const now = Date.now() / 1000
  // What costs nothing comes first: finding a key makes requests to hosts that the issuer chose.
  refuseIf(!(keyIds as readonly string[]).includes(kid), 'wrong-key-id', `Its key is ${kid}.`)
  refuseIf(![audience].flat().includes(claims.aud), 'wrong-audience', `It is for ${claims.aud}.`)
  refuseIf(claims.lxm !== lxm, 'wrong-method', `It is for ${claims.lxm ?? 'no method'}.`)
  refuseIf(claims.exp + clockTolerance <= now, 'expired', 'It has expired.')
  refuseIf(claims.iat - clockTolerance > now, 'not-yet-valid', 'It is not valid yet.')
  const { maxLifetime = 3600 } = options
  refuseIf(claims.exp - claims.iat > maxLifetime, 'lifetime-too-long', 'It is good for too long.')
  refuseIf(!(await isSigned(jwt, options)), 'bad-signature', `${claims.iss} did not sign it.`)
  const isNew = await replays.add(`${claims.iss} ${claims.jti}`, claims.exp + clockTolerance)
  refuseIf(!isNew, 'replayed', 'It was used before.')
  return claims
}

async function isSigned(
  { alg, claims, kid, signature, signed }: ServiceJwt,
  { keys, signature: options }: VerifyServiceAuthOptions,
): Promise<boolean> {
  const resolve = (refresh: boolean) => keys.resolveKey(claims.iss, kid.slice(1), refresh)
  const isBy = async (key: string) =>
    JWT_ALGORITHMS[parseDidKey(key).algorithm] === alg &&
    verifySignature(key, signed, signature, options)
  const kept = await resolve(false)
  if (await isBy(kept)) return true
  const current = await resolve(true)
  return current !== kept && isBy(current)
}

function refuseIf(isRefused: boolean, code: ServiceAuthErrorCode, reason: string): void {
  if (isRefused) throw new ServiceAuthError(`The token was refused. ${reason}`, { code })
}
