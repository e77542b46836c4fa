// Tokens by which an account, or a service in its name, calls a service.
import { encodeBase64Url } from '../base/index.ts'
import type { Signer } from '../crypto/index.ts'
import type { Did, Nsid } from '../syntax/index.ts'
import { DEFAULT_KEY_ID, JWT_ALGORITHMS } from './service-jwt.ts'
import type { ServiceAuthClaims } from './service-jwt.ts'

/** What a new token says, and who signs it. */
export interface CreateServiceAuthOptions {
  /** The account in whose name the call is made. */
  iss: Did
  /** The service: its DID and the id of its service entry, `did:web:api.example.com#bsky_appview`. */
  aud: `${Did}#${string}` | Did
  /** The one method that may be called. Only what is no XRPC method goes without. */
  lxm?: Nsid | undefined
  /** The key in the DID document of `iss`, on either curve. */
  keypair: Pick<Signer, 'algorithm' | 'sign'>
  /** The key's id in that document. @default '#atproto' */
  kid?: `#${string}` | undefined
  /** How long the token is good, in seconds. It cannot be revoked: keep it short. @default 60 */
  lifetime?: number | undefined
}

/**
 * Makes a service auth token: a JWT for one call to one service, to be sent as a bearer token.
 *
 * @see https://atproto.com/specs/xrpc#inter-service-authentication-jwt
 * @example
 * ```ts
 * const token = await createServiceAuth({
 *   iss: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
 *   aud: 'did:web:video.example.com#video',
 *   lxm: 'com.example.video.upload',
 *   keypair,
 * })
 * await client.call(upload, video, { headers: { authorization: `Bearer ${token}` } })
 * ```
 */
export async function createServiceAuth(options: CreateServiceAuthOptions): Promise<string> {
  const { aud, iss, keypair, kid = DEFAULT_KEY_ID, lifetime = 60, lxm } = options
  const iat = Math.floor(Date.now() / 1000)
  const jti = encodeBase64Url(crypto.getRandomValues(new Uint8Array(16)))
  const header = {
    typ: 'JWT',
    alg: JWT_ALGORITHMS[keypair.algorithm],
    // Servers from before key ids had a place know the default alone.
    ...(kid !== DEFAULT_KEY_ID && { kid }),
  }
  const claims: ServiceAuthClaims = {
    iss,
    aud,
    iat,
    exp: iat + lifetime,
    jti,
    ...(lxm !== undefined && { lxm }),
  }
  const signed = `${encodeObject(header)}.${encodeObject(claims)}`
  const signature = await keypair.sign(new TextEncoder().encode(signed))
  return `${signed}.${encodeBase64Url(signature)}`
}

function encodeObject(value: object): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)))
}
