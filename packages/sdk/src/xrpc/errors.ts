// The errors of an XRPC call: what the server said (XrpcError and below it), or why nothing usable
// came back (NetworkError, TimeoutError, InvalidResponseError).
import { AtprotoError } from '../base/index.ts'
import { readRateLimit } from './rate-limit.ts'
import type { RateLimit } from './rate-limit.ts'

/**
 * Whether a procedure whose call failed was carried out: `'no'`, the server refused it or never got
 * it; `'yes'`, the server confirmed it but the rest of its answer was lost; `'unknown'`, the answer
 * was lost, so check before you call again. Queries change nothing and have no outcome.
 */
export type CarriedOut = 'yes' | 'no' | 'unknown'

/** What every error of a call tells of it. */
export interface CallFacts {
  /**
   * The method that failed. Where it is `com.atproto.server.refreshSession` and you called another,
   * the session could not be refreshed, and the call itself was not carried out.
   */
  readonly nsid: string
  /** How many requests were sent in all, the first included. */
  readonly attempts: number
  /** Whether a procedure was carried out all the same; absent for queries. */
  readonly carriedOut?: CarriedOut
}

/** @internal */
export interface CallErrorOptions extends CallFacts {
  cause?: unknown
}

abstract class CallError extends AtprotoError implements CallFacts {
  readonly nsid: string
  readonly attempts: number
  // Declared only, so that it is absent, not undefined, where it says nothing.
  declare readonly carriedOut?: CarriedOut

  constructor(code: string, message: string, options: CallErrorOptions) {
    // Servers may quote a token in what they say; an error is likely to be logged.
    super(message.replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'), { ...options, code })
    this.nsid = options.nsid
    this.attempts = options.attempts
    if (options.carriedOut) this.carriedOut = options.carriedOut
  }
}

/** The service could not be reached, or the connection broke (code `network`). */
export class NetworkError extends CallError {
  static override readonly id: string = 'NetworkError'
  /** The same call may succeed later; see `carriedOut` for whether it is safe to repeat. */
  readonly retryable = true as const

  constructor(message: string, options: CallErrorOptions) {
    super('network', message, options)
  }
}

/** The whole answer did not arrive in time (code `timeout`). */
export class TimeoutError extends CallError {
  static override readonly id: string = 'TimeoutError'
  /** The same call may succeed later; see `carriedOut` for whether it is safe to repeat. */
  readonly retryable = true as const

  constructor(message: string, options: CallErrorOptions) {
    super('timeout', message, options)
  }
}

/** The server answered with success, but not with what the method promises (code `invalid-response`). */
export class InvalidResponseError extends CallError {
  static override readonly id: string = 'InvalidResponseError'
  readonly retryable = false as const
  readonly status: number
  readonly headers: Headers

  constructor(
    message: string,
    response: Pick<Response, 'status' | 'headers'>,
    options: CallErrorOptions,
  ) {
    super('invalid-response', message, options)
    this.status = response.status
    this.headers = response.headers
  }
}

/** What the server said of a call that it did not answer with success. */
export interface XrpcFailure<Name extends string = string> {
  /** The HTTP status. */
  status: number
  headers: Headers
  /** The error's name, as the method's lexicon declares it; `'Unknown'` where the server named none. */
  error: Name
  message: string
}

/**
 * The server answered a call with an error. Its subclasses go by HTTP status; `error` is the name
 * that the method's lexicon declares, see {@link isXrpcError}.
 *
 * @see https://atproto.com/specs/xrpc#error-responses
 */
export class XrpcError<Name extends string = string>
  extends CallError
  implements XrpcFailure<Name>
{
  static override readonly id: string = 'XrpcError'
  readonly status: number
  readonly error: Name
  readonly headers: Headers
  /** The rate limit's state, where the server tells it. */
  declare readonly rateLimit?: RateLimit

  constructor(failure: XrpcFailure<Name>, options: CallErrorOptions & { code?: string }) {
    super(options.code ?? 'xrpc', failure.message, options)
    this.status = failure.status
    this.error = failure.error
    this.headers = failure.headers
    const rateLimit = readRateLimit(failure.headers)
    if (rateLimit) this.rateLimit = rateLimit
  }

  /** Whether the same call may succeed later: 429 and 5xx, but not 501 (not implemented). */
  get retryable(): boolean {
    return this.status === 429 || (this.status >= 500 && this.status !== 501)
  }
}

/** The request was wrong or not allowed (4xx): calling again unchanged will fail again. */
export class InvalidRequestError<Name extends string = string> extends XrpcError<Name> {
  static override readonly id: string = 'InvalidRequestError'
}

/** The call needs a session, or the session's token was not accepted (401). */
export class UnauthorizedError<Name extends string = string> extends InvalidRequestError<Name> {
  static override readonly id: string = 'UnauthorizedError'
}

/** Too many calls (429): `rateLimit.reset` says when to go on; see the option `rateLimit: 'wait'`. */
export class RateLimitExceededError<
  Name extends string = string,
> extends InvalidRequestError<Name> {
  static override readonly id: string = 'RateLimitExceededError'
}

/** An answer that XRPC does not know: a redirect or another status outside 2xx, 4xx and 5xx. */
export class XrpcNotSupportedError<Name extends string = string> extends XrpcError<Name> {
  static override readonly id: string = 'XrpcNotSupportedError'
}

/** The server failed (5xx): the same call may succeed later. */
export class InternalServerError<Name extends string = string> extends XrpcError<Name> {
  static override readonly id: string = 'InternalServerError'
}

/** @internal The class and code for a status. */
export function createXrpcError(failure: XrpcFailure, options: CallErrorOptions): XrpcError {
  const { status } = failure
  if (status === 401) return new UnauthorizedError(failure, { ...options, code: 'unauthorized' })
  if (status === 429)
    return new RateLimitExceededError(failure, { ...options, code: 'rate-limit-exceeded' })
  if (status >= 500)
    return new InternalServerError(failure, { ...options, code: 'internal-server-error' })
  if (status >= 400)
    return new InvalidRequestError(failure, { ...options, code: 'invalid-request' })
  return new XrpcNotSupportedError(failure, { ...options, code: 'xrpc-not-supported' })
}

/**
 * Whether an error is an {@link XrpcError}, and, where a name is given, the one of that name.
 *
 * @example
 * ```ts
 * try {
 *   await atproto.repo.getRecord({ repo, collection, rkey })
 * } catch (error) {
 *   if (!isXrpcError(error, 'RecordNotFound')) throw error
 * }
 * ```
 */
export function isXrpcError<const Name extends string = string>(
  error: unknown,
  name?: Name,
): error is XrpcError<Name> {
  return error instanceof XrpcError && (name === undefined || error.error === name)
}
