// One limit of time around work that may not heed it.
import { IdentityError } from './identity-error.ts'

/**
 * @internal Runs work that ends in time, or is given up. Its signal is aborted when the time is up,
 * when `parent` is, and when the work is done, so that nothing of it goes on.
 * @throws IdentityError `timeout`, the parent's reason, or what the work throws.
 */
export async function withTimeLimit<Result>(
  what: string,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  parent?: AbortSignal,
): Promise<Result> {
  const limit = new AbortController()
  const { signal } = limit
  const aborted = new Promise<never>((_, reject) => {
    signal.onabort = () => reject(signal.reason)
  })
  const end = () => limit.abort(parent?.reason)
  const timer = setTimeout(() => {
    limit.abort(new IdentityError(`${what} took over ${milliseconds} ms.`, { code: 'timeout' }))
  }, milliseconds)
  parent?.addEventListener('abort', end)
  try {
    // Raced with, because a function of the caller's may not heed the signal, or reject for its own
    // reason after it was aborted for this one.
    return await Promise.race([aborted, work(signal)])
  } finally {
    clearTimeout(timer)
    parent?.removeEventListener('abort', end)
    end()
  }
}
