// When a failed call is made again, and after how long.
import type { XrpcMethod } from '../lexicon/index.ts'
import { NetworkError, RateLimitExceededError, TimeoutError, XrpcError } from './errors.ts'
import type { CallOptions } from './options.ts'
import { readRetryDelay } from './rate-limit.ts'

/** How failed calls are made again: on 5xx (but 501), network failure and timeout. */
export interface RetryOptions {
  /** How many requests are sent at most, the first included. 1 or more. */
  maxAttempts: number
  /**
   * Random time added to every delay, in milliseconds, so that many clients do not come back at once.
   * @default { min: 0, max: 500 }
   */
  jitter?: { min: number; max: number }
  /** Called before each wait; what it returns is awaited, and an error it throws ends the call. */
  onRetry?: (event: RetryEvent) => void | Promise<void>
}

/** A wait before a call is made again. */
export interface RetryEvent {
  /** Which attempt failed, counted from 1. */
  attempt: number
  /** How long until the next one, in milliseconds. */
  delay: number
  /** Why it failed. */
  error: XrpcError | NetworkError | TimeoutError
}

/** The delay after the first failure in milliseconds; it doubles with each further one. */
const BASE_DELAY = 500
/** What the doubling stops at, in milliseconds. A longer wait is one the server asked for. */
const MAX_BACKOFF = 60_000

/** @internal What decides over a retry besides the error. */
export interface RetryContext extends CallOptions {
  method: XrpcMethod
  /** Attempts so far that count towards `maxAttempts`: waits for a rate limit do not. */
  attempts: number
}

/**
 * @internal How long to wait before the call is made again, in milliseconds, or undefined where it
 * must not be: a procedure that may have been carried out is never sent twice.
 */
export function retryDelay(error: unknown, context: RetryContext): number | undefined {
  const { method, attempts, retry, rateLimit, settle } = context
  if (error instanceof RateLimitExceededError) {
    const told = readRetryDelay(error.headers)
    // A window that is over already and refuses all the same must not become a hot loop.
    return rateLimit === 'wait' && told !== undefined ? Math.max(told, BASE_DELAY) : undefined
  }
  if (!isTransient(error) || !retry || attempts >= retry.maxAttempts) return undefined
  // A failed refresh came before the call itself, which then was not carried out.
  const isOwn = error.nsid === method.nsid
  if (method.type === 'procedure' && !settle && isOwn && error.carriedOut !== 'no') return undefined
  const { min, max } = retry.jitter ?? { min: 0, max: 500 }
  const backoff = Math.min(BASE_DELAY * 2 ** (attempts - 1), MAX_BACKOFF)
  const told = error instanceof XrpcError ? (readRetryDelay(error.headers) ?? 0) : 0
  return Math.max(backoff, told) + min + Math.random() * (max - min)
}

/** @internal Whether an error may pass by itself. */
export function isTransient(error: unknown): error is XrpcError | NetworkError | TimeoutError {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    (error instanceof XrpcError && error.retryable)
  )
}
