// One attempt's time limit, joined with the caller's signal.

/**
 * @internal Ends what it watches when the caller's signal fires or when the time is up. The clock
 * runs from `start` to `stop`, so that a slow reader of a stream is not taken for a slow server.
 */
export class TimeLimit {
  readonly #controller = new AbortController()
  readonly #caller: AbortSignal | undefined
  readonly #aborted: Promise<never>
  readonly #milliseconds: number
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Whether the time was up. */
  expired = false

  constructor(milliseconds: number, caller: AbortSignal | undefined) {
    this.#milliseconds = milliseconds
    this.#caller = caller
    this.#aborted = new Promise((_, reject) => {
      this.signal.addEventListener('abort', () => reject(this.signal.reason))
    })
    // Nobody may be waiting when it fires; whoever is gets the reason through `race`.
    this.#aborted.catch(() => {})
    caller?.addEventListener('abort', this.#onCallerAbort)
    if (caller?.aborted) this.#onCallerAbort()
  }

  /** What the platform's own functions are given. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.expired = true
      this.#controller.abort()
    }, this.#milliseconds)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Stops for good: nothing of the caller's holds on to this any longer. */
  end(): void {
    this.stop()
    this.#caller?.removeEventListener('abort', this.#onCallerAbort)
  }

  /** The promise, or the reason of the abort, even where what makes the promise ignores the signal. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#aborted])
  }

  readonly #onCallerAbort = (): void => this.#controller.abort(this.#caller?.reason)
}
