// Works on many events at a time, without losing any and without mixing up those of one account.

import { sleep } from '../xrpc/index.ts'
import type { Delivery } from './event-queue.ts'
import type { Subscription } from './subscription.ts'

const DEFAULT_CONCURRENCY = 16

/** How many events of accounts that are being worked on may wait for that, per worker. */
const WAITING_PER_WORKER = 8

/** The first and the longest wait before an event is handled again, in milliseconds. */
const RETRY_WAIT = { min: 100, max: 10_000 } as const

/** What to do about an event whose handler failed. */
export type HandlerVerdict = 'retry' | 'skip' | 'stop'

/** How events are consumed. */
export interface ConsumeOptions<Event> {
  /** How many events are handled at the same time, at most. @default 16 */
  concurrency?: number | undefined
  /** Ends it, as the `close` of the subscription does. */
  signal?: AbortSignal | undefined
  /**
   * Says what to do when the handler fails, for the nth time with this event: handle it again after a
   * wait that grows from 0.1 to 10 seconds, leave it out, or stop. Without it: stop.
   */
  onError?:
    | ((error: unknown, event: Event, attempt: number) => HandlerVerdict | Promise<HandlerVerdict>)
    | undefined
}

/**
 * Handles the events of a subscription: those of one account one after the other in their order, those
 * of different accounts side by side. Events without a `did` form an order of their own.
 *
 * The subscription's cursor is always before the oldest event that is not done, so that none is lost
 * when the program ends; some of those after it come again the next time.
 *
 * @returns A promise that resolves when the subscription was closed and the handlers that were at work
 * have ended.
 * @throws RangeError for a concurrency below one. It rejects with the error of a handler upon `stop`,
 * with what `onError` throws, and with what the iteration of the subscription throws; the event is
 * not done then, and comes again the next time.
 *
 * @example
 * ```ts
 * await consume(subscribeRepos({ cursorStore }), (event) => index(event), {
 *   concurrency: 32,
 *   onError: (error, event, attempt) => (attempt < 5 ? 'retry' : 'skip'),
 * })
 * ```
 */
export async function consume<Event extends object>(
  subscription: Subscription<Event>,
  handler: (event: Event) => unknown,
  options: ConsumeOptions<Event> = {},
): Promise<void> {
  const { concurrency = DEFAULT_CONCURRENCY, signal } = options
  if (!(concurrency >= 1)) throw new RangeError('concurrency must be at least 1')
  const close = () => void subscription.close()
  if (signal?.aborted) close()
  await subscription.open()
  signal?.addEventListener('abort', close)
  if (signal?.aborted) close()
  const workers = new Workers(subscription, handler, options.onError)
  try {
    for (;;) {
      const delivery = subscription.take() ?? (await subscription.wait())
      if (!delivery) break
      workers.give(delivery)
      while (workers.busy >= concurrency || workers.waiting >= concurrency * WAITING_PER_WORKER) {
        await workers.progress()
      }
    }
  } finally {
    signal?.removeEventListener('abort', close)
    await subscription.close()
    while (workers.busy > 0) await workers.progress()
    // What was done meanwhile moved the cursor.
    await subscription.close()
  }
  if (workers.failure) throw workers.failure.error
}

/** Those who are at work, by account. */
class Workers<Event extends object> {
  /** What made one of them stop. */
  failure: { error: unknown } | undefined
  /** Events that wait for an earlier one of their account. */
  waiting = 0
  readonly #subscription: Subscription<Event>
  readonly #handler: (event: Event) => unknown
  readonly #onError: ConsumeOptions<Event>['onError']
  readonly #queues = new Map<unknown, Delivery<Event>[]>()
  #tell = () => {}

  constructor(
    subscription: Subscription<Event>,
    handler: (event: Event) => unknown,
    onError: ConsumeOptions<Event>['onError'],
  ) {
    this.#subscription = subscription
    this.#handler = handler
    this.#onError = onError
  }

  /** How many accounts are worked on. */
  get busy(): number {
    return this.#queues.size
  }

  /** Resolves when one of them has got further. */
  progress(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  /** Has an event handled, after those of its account that are not done. */
  give(delivery: Delivery<Event>): void {
    const { did } = delivery.event as { did?: unknown }
    const queue = this.#queues.get(did)
    if (queue) {
      this.waiting++
      queue.push(delivery)
    } else {
      void this.#work(did, delivery)
    }
  }

  async #work(did: unknown, first: Delivery<Event>): Promise<void> {
    const queue: Delivery<Event>[] = []
    this.#queues.set(did, queue)
    let next: Delivery<Event> | undefined = first
    try {
      // What waits when the subscription is closed comes again the next time.
      while (next && (await this.#handle(next.event))) {
        this.#subscription.finish(next)
        next = this.#subscription.closing.aborted ? undefined : queue.shift()
        if (next) this.waiting--
        this.#tell()
      }
    } catch (error) {
      this.failure ??= { error }
      void this.#subscription.close()
    }
    this.#queues.delete(did)
    this.waiting -= queue.length
    this.#tell()
  }

  /** Whether the event is done with. */
  async #handle(event: Event): Promise<boolean> {
    const { closing } = this.#subscription
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#handler(event)
        return true
      } catch (error) {
        const verdict = await this.#onError?.(error, event, attempt)
        if (verdict === 'skip') return true
        if (verdict !== 'retry') throw error
        const delay = Math.min(RETRY_WAIT.min * 2 ** (attempt - 1), RETRY_WAIT.max)
        // It rejects where the subscription is closed meanwhile.
        await sleep(delay, closing).catch(() => undefined)
        if (closing.aborted) return false
      }
    }
  }
}
