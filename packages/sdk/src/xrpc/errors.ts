// The errors of an XRPC call: what the server said (XrpcError and below it), or why nothing usable
// came back (NetworkError, TimeoutError, InvalidResponseError).
import { AtprotoError } from '../base/index.ts'
import type { AtprotoErrorOptions } from '../base/index.ts'
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
  readonly carriedOut?: CarriedOut | undefined
}

/** What the error of a call is made of. */
export interface CallErrorOptions extends CallFacts, AtprotoErrorOptions {}

/**
 * The base of the errors of a call. Its fields are declared only: the base class sets those that it
 * is given.
 */
export abstract class CallError<Options extends CallErrorOptions = CallErrorOptions>
  extends AtprotoError
  implements CallFacts
{
  declare readonly nsid: string
  declare readonly attempts: number
  declare readonly carriedOut?: CarriedOut

  constructor(message: string, options: Options) {
    // Servers may quote a token in what they say; an error is likely to be logged.
    super(message.replace(/eyJ[\w.-]+/g, '[token]'), options)
  }

  /**
   * Whether the same call may succeed later: on network failure, timeout, 429 and 5xx, but not on 501
   * (not implemented). `carriedOut` says whether it is safe to repeat a procedure.
   */
  get retryable(): boolean {
    const { status = 500 } = this as { status?: number }
    return status === 429 || (status >= 500 && status !== 501)
  }
}

/** The service could not be reached, or the connection broke (code `network-error`). */
export class NetworkError extends CallError {
  static override readonly id: string = 'NetworkError'
}

/** The whole answer did not arrive in time (code `timeout-error`). */
export class TimeoutError extends CallError {
  static override readonly id: string = 'TimeoutError'
}

/** What the error of an answer that came is made of. */
export interface AnswerErrorOptions extends CallErrorOptions {
  /** The HTTP status. */
  readonly status: number
  readonly headers: Headers
}

/** The server answered with success, but not with what the method promises (code `invalid-response-error`). */
export class InvalidResponseError extends CallError<AnswerErrorOptions> {
  static override readonly id: string = 'InvalidResponseError'
  /** The HTTP status. */
  declare readonly status: number
  declare readonly headers: Headers
}

/** What an {@link XrpcError} is made of. */
export interface XrpcErrorOptions<Name extends string = string> extends AnswerErrorOptions {
  /** The error's name, as the method's lexicon declares it; `'Unknown'` where the server named none. */
  readonly error: Name
  readonly rateLimit?: RateLimit
}

/**
 * The server answered a call with an error. Its subclasses go by HTTP status; `error` is the name
 * that the method's lexicon declares, see {@link isXrpcError}.
 *
 * @see https://atproto.com/specs/xrpc#error-responses
 */
export class XrpcError<Name extends string = string> extends CallError<XrpcErrorOptions<Name>> {
  static override readonly id: string = 'XrpcError'
  /** The HTTP status. */
  declare readonly status: number
  declare readonly headers: Headers
  /** The error's name; `'Unknown'` where the server named none. */
  declare readonly error: Name
  /** The rate limit's state, where the server tells it. */
  declare readonly rateLimit?: RateLimit
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

/** @internal The class of errors of a status. */
export function errorClass(status: number): typeof XrpcError {
  if (status === 401) return UnauthorizedError
  if (status === 429) return RateLimitExceededError
  if (status >= 500) return InternalServerError
  return status >= 400 ? InvalidRequestError : XrpcNotSupportedError
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
