// Waits that a signal ends.

// A longer delay overflows the platform's timer, which then fires at once.
const LONGEST_TIMER = 2 ** 31 - 1

/** @internal Resolves after a number of milliseconds, or rejects with the signal's reason at once. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER))
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}
