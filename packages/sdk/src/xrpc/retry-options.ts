// What a caller can say of retries, and what it is told of them.
import type { NetworkError, TimeoutError, XrpcError } from './errors.ts'

/** How failed calls are made again: on 5xx (but 501), network failure and timeout. */
export interface RetryOptions {
  /** How many requests are sent at most, the first included. 1 or more. */
  maxAttempts: number
  /**
   * Random time added to every delay, in milliseconds, so that many clients do not come back at once.
   * @default { min: 0, max: 500 }
   */
  jitter?: { min: number; max: number } | undefined
  /** Called before each wait; what it returns is awaited, and an error it throws ends the call. */
  onRetry?: ((event: RetryEvent) => void | Promise<void>) | undefined
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
