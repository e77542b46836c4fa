// When a failed call is made again, and after how long.
import type { XrpcMethod } from '../lexicon/index.ts'
import { CallError, RateLimitExceededError } from './errors.ts'
import type { XrpcError } from './errors.ts'
import type { CallOptions } from './options.ts'
import { readRetryDelay } from './rate-limit.ts'

/** The delay after the first failure in milliseconds; it doubles with each further one. */
const BASE_DELAY = 500
/** What the doubling stops at, in milliseconds. A longer wait is one the server asked for. */
const MAX_BACKOFF = 60_000

/**
 * @internal How long to wait before a call is made again, in milliseconds, or undefined where it
 * must not be: a procedure that may have been carried out is never sent twice.
 *
 * @param attempts Those that count towards `maxAttempts`: waits for a rate limit do not.
 */
export function retryDelay(
  error: unknown,
  method: XrpcMethod,
  attempts: number,
  { retry, rateLimit, settle }: CallOptions,
): number | undefined {
  if (!(error instanceof CallError) || !error.retryable) return undefined
  const { headers } = error as Partial<XrpcError>
  const told = headers && readRetryDelay(headers)
  if (error instanceof RateLimitExceededError) {
    // A window that is over already and refuses all the same must not become a hot loop.
    return rateLimit === 'wait' && told !== undefined ? Math.max(told, BASE_DELAY) : undefined
  }
  const { carriedOut = 'no', nsid } = error
  // A failed refresh came before the call itself, which then was not carried out.
  const isLost = carriedOut !== 'no' && nsid === method.nsid && !settle
  if (isLost || !retry || attempts >= retry.maxAttempts) return undefined
  const { min = 0, max = BASE_DELAY } = retry.jitter ?? {}
  const backoff = Math.min(BASE_DELAY * 2 ** (attempts - 1), MAX_BACKOFF)
  return Math.max(backoff, told ?? 0) + min + Math.random() * (max - min)
}
