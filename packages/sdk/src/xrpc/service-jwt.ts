// The form of service auth tokens: compact JWTs (RFC 7519), signed with an account's own key.
// See https://atproto.com/specs/xrpc#inter-service-authentication-jwt
import { decodeBase64Url } from '../base/index.ts'
import type { KeyAlgorithm } from '../crypto/index.ts'
import { isDid, isNsid } from '../syntax/index.ts'
import type { Did, Nsid } from '../syntax/index.ts'
import { ServiceAuthError } from './service-auth-error.ts'

/** What a token says. */
export interface ServiceAuthClaims {
  /** The account in whose name the call is made. */
  iss: Did
  /** The service that the call is made to: its DID, and the id of its service entry. */
  aud: string
  /** The one method that may be called; absent where the token is for no XRPC method. */
  lxm?: Nsid
  /** When it was made, and when it ends, in seconds since 1970. */
  iat: number
  exp: number
  /** What makes it different from all others. */
  jti: string
}

/** @internal A token in its parts. */
export interface ServiceJwt {
  alg: JwtAlgorithm
  /** The id of the issuer's key, with the #. */
  kid: string
  claims: ServiceAuthClaims
  /** What is signed. */
  signed: Uint8Array
  signature: Uint8Array
}

/** The names of signature algorithms in a token. */
export type JwtAlgorithm = 'ES256' | 'ES256K'

/** @internal The algorithm of a key, as tokens name it. */
export const JWT_ALGORITHMS: Readonly<Record<KeyAlgorithm, JwtAlgorithm>> = {
  k256: 'ES256K',
  p256: 'ES256',
}

/** @internal The id of the key that signs tokens where they name none. */
export const DEFAULT_KEY_ID = '#atproto'

/** Longer tokens are not read: the longest DIDs and methods fit. */
const MAX_TOKEN_LENGTH = 8192

/**
 * @internal Takes a token apart, and checks the form of all that it says.
 * @throws ServiceAuthError `malformed-token`, `unsupported-token`.
 */
export function parseServiceJwt(token: string): ServiceJwt {
  const [, header, payload, signature] =
    (token.length <= MAX_TOKEN_LENGTH && /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)) || []
  if (!header || !payload || !signature) throw malformed('It is not a JWT.')
  const { alg, crit, kid = DEFAULT_KEY_ID, typ } = decodeObject(header)
  if (typ !== 'JWT' || crit !== undefined || !isAlgorithm(alg)) {
    throw new ServiceAuthError('The token is of a type that service auth does not use.', {
      code: 'unsupported-token',
    })
  }
  if (typeof kid !== 'string' || !kid.startsWith('#')) throw malformed('Its kid is no key id.')
  const { aud, exp, iat, iss, jti, lxm } = decodeObject(payload)
  if (!isDid(iss)) throw malformed('Its iss is no DID.')
  if (typeof aud !== 'string') throw malformed('Its aud is missing.')
  if (lxm !== undefined && !isNsid(lxm)) throw malformed('Its lxm is no NSID.')
  if (!isTime(exp) || !isTime(iat)) throw malformed('Its exp or iat is missing.')
  if (typeof jti !== 'string' || jti === '') throw malformed('Its jti is missing.')
  return {
    alg,
    kid,
    claims: { iss, aud, iat, exp, jti, ...(lxm !== undefined && { lxm }) },
    signed: new TextEncoder().encode(`${header}.${payload}`),
    signature: decodePart(signature),
  }
}

function decodePart(part: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64Url(part)
  if (!bytes) throw malformed('It is not base64.')
  return bytes
}

function decodeObject(part: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decodePart(part)))
  } catch (cause) {
    throw malformed('It is not JSON.', cause)
  }
  if (typeof value !== 'object' || value === null) throw malformed('It is not JSON.')
  return value as Record<string, unknown>
}

function isAlgorithm(value: unknown): value is JwtAlgorithm {
  return value === 'ES256' || value === 'ES256K'
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(Math.trunc(value))
}

function malformed(reason: string, cause?: unknown): ServiceAuthError {
  return new ServiceAuthError(`The token cannot be read. ${reason}`, {
    code: 'malformed-token',
    cause,
  })
}
