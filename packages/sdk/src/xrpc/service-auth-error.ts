// Why a service does not take a token.
import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'

/**
 * What is wrong with a service auth token:
 *
 * - `missing-token`: the request carries none
 * - `malformed-token`: not a JWT of the protocol, or a claim is missing or of the wrong type
 * - `unsupported-token`: a type, algorithm or extension that is not the protocol's
 * - `wrong-key-id`: signed by a key that is not for this purpose
 * - `wrong-audience`, `wrong-method`: for another service, or another method
 * - `expired`, `not-yet-valid`, `lifetime-too-long`: by the clock, tolerance included
 * - `bad-signature`: not signed by the issuer's key
 * - `replayed`: used before
 * - `too-many-tokens`: the replay store is full, so that nobody could tell
 */
export type ServiceAuthErrorCode =
  | 'bad-signature'
  | 'expired'
  | 'lifetime-too-long'
  | 'malformed-token'
  | 'missing-token'
  | 'not-yet-valid'
  | 'replayed'
  | 'too-many-tokens'
  | 'unsupported-token'
  | 'wrong-audience'
  | 'wrong-key-id'
  | 'wrong-method'

/** What a {@link ServiceAuthError} carries besides its message. */
export interface ServiceAuthErrorOptions extends AtprotoErrorOptions {
  code: ServiceAuthErrorCode
}

/** A service auth token was refused. */
export class ServiceAuthError extends AtprotoError<ServiceAuthErrorOptions> {
  static override readonly id: string = 'ServiceAuthError'

  declare readonly code: ServiceAuthErrorCode

  /** The answer to the request that carried the token: 401 with an XRPC error, or 429. */
  toResponse(): Response {
    const { code, message } = this
    const names: Partial<Record<ServiceAuthErrorCode, string>> = {
      expired: 'ExpiredToken',
      'missing-token': 'AuthMissing',
      'too-many-tokens': 'RateLimitExceeded',
    }
    return Response.json(
      { error: names[code] ?? 'InvalidToken', message },
      code === 'too-many-tokens'
        ? { status: 429 }
        : { status: 401, headers: { 'www-authenticate': 'Bearer' } },
    )
  }
}
