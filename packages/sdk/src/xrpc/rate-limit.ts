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

/** @internal Reads the `RateLimit-*` headers, to be spread: nothing where the server sent none. */
export function readRateLimit(headers: Headers): { rateLimit?: RateLimit } | null | '' {
  const read = (name: string) => headers.get('ratelimit-' + name)
  const limit = read('limit')
  const policy = read('policy')
  return (
    limit && {
      rateLimit: {
        limit: parseInt(limit),
        remaining: parseInt(read('remaining')!),
        reset: parseInt(read('reset')!),
        ...(policy && { policy }),
      },
    }
  )
}

/**
 * @internal How many milliseconds the server asks to wait, or undefined where it does not say.
 * Measured against the server's own clock (its `Date` header): a client's clock may be off by hours.
 */
export function readRetryDelay(headers: Headers): number | undefined {
  const now = Date.parse(headers.get('date') ?? '') || Date.now()
  const until = headers.get('retry-after') ?? headers.get('ratelimit-reset')
  if (!until) return undefined
  // Retry-After is seconds or an HTTP date (RFC 9110 section 10.2.3). RateLimit-Reset is a point in
  // time from the reference PDS, and seconds from now in the IETF's draft.
  const seconds = Number(until)
  const delay = seconds < 1e9 ? seconds * 1000 : (seconds * 1000 || Date.parse(until)) - now
  return delay > 0 ? delay : 0
}
