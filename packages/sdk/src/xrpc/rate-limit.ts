// What the server's headers say of its rate limits, and how long to wait for the next window.

/** The state of the rate limit that a call counted against. */
export interface RateLimit {
  /** Calls (or points) allowed in a window. */
  limit: number
  /** Calls (or points) left in this window. */
  remaining: number
  /** When the window ends, in seconds since 1970 by the server's clock. */
  reset: number
  /** The policy as the server writes it, such as `3000;w=300`: 3,000 in 300 seconds. */
  policy?: string
}

/** @internal Reads the `RateLimit-*` headers; undefined where the server sent none. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const read = (name: string) => headers.get(`ratelimit-${name}`)
  const limit = read('limit')
  if (!limit) return undefined
  const policy = read('policy')
  return {
    limit: parseInt(limit, 10),
    remaining: Number(read('remaining')),
    reset: Number(read('reset')),
    ...(policy && { policy }),
  }
}

/**
 * @internal How many milliseconds the server asks to wait, or undefined where it does not say.
 * Measured against the server's own clock (its `Date` header): a client's clock may be off by hours.
 */
export function readRetryDelay(headers: Headers): number | undefined {
  const now = Date.parse(headers.get('date') ?? '') || Date.now()
  const retryAfter = headers.get('retry-after')
  if (retryAfter) {
    // Seconds or an HTTP date, RFC 9110 section 10.2.3
    const delay = /^\d+$/.test(retryAfter)
      ? Number(retryAfter) * 1000
      : Date.parse(retryAfter) - now
    if (delay >= 0) return delay
  }
  const reset = Number(headers.get('ratelimit-reset'))
  if (!reset) return undefined
  // The reference PDS sends a point in time; the IETF draft, and some proxies, seconds from now.
  return Math.max(0, reset > 1e9 ? reset * 1000 - now : reset * 1000)
}
