// A stream of events that does not end: connections come and go, each event arrives at least once.

import { CursorKeeper } from './cursor-keeper.ts'
import { EventQueue } from './event-queue.ts'
import type { Delivery } from './event-queue.ts'
import { FirehoseError } from './firehose-error.ts'
import type { FirehoseErrorCode } from './firehose-error.ts'
import { Link } from './link.ts'
import type { StreamProtocol } from './stream-protocol.ts'
import type { SubscriptionOptions } from './subscription-options.ts'
import type { SubscriptionStats } from './subscription-stats.ts'

const DEFAULT_MAX_QUEUE_BYTES = 2 ** 23

/**
 * The events of a service, one after the other, for as long as it is iterated. It connects when the
 * iteration begins, and again whenever the connection is lost.
 *
 * The cursor moves past an event when the next one is asked for, and no earlier: a program that ends
 * while it works on an event gets it again the next time. An event whose iteration is left by `break`
 * counts as not done.
 *
 * What is wrong with one message is told to `onError`, and the message is left out; likewise errors of
 * the service. After `FutureCursor` (the service has not come as far as the cursor: it is another one,
 * or has lost its data) the stream goes on with what happens from then on.
 */
export class Subscription<Event extends object> implements AsyncIterable<Event>, AsyncDisposable {
  readonly #protocol: StreamProtocol<Event>
  readonly #options: SubscriptionOptions
  readonly #keeper: CursorKeeper
  readonly #queue: EventQueue<Event>
  readonly #link: Link
  readonly #maxQueueBytes: number
  readonly #counts = {
    events: 0,
    messages: 0,
    bytes: 0,
    duplicates: 0,
    badFrames: 0,
    verificationFailures: 0,
    pauses: 0,
  }
  /** Up to where everything was received: the next connection goes on from there. */
  #received: number | undefined
  /** The furthest bad message since then. It is asked for again, unless something follows it. */
  #refused = -1
  #last: Event | undefined
  #isIterated = false
  #isFull = false
  #isClosed = false
  /** What ended it, where it was not asked to. */
  #failure: { error: unknown } | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #wake = () => {}

  /** @internal Called when it is closed. */
  onClose: () => void = () => {}

  /**
   * @throws TypeError where neither the options nor the platform have a WebSocket.
   * @throws RangeError where the cursor is none.
   */
  constructor(protocol: StreamProtocol<Event>, options: SubscriptionOptions) {
    this.#protocol = protocol
    this.#options = options
    this.#maxQueueBytes = options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES
    this.#keeper = new CursorKeeper(options, (error) => this.#report(error, 'cursor-not-saved'))
    this.#queue = new EventQueue({
      check: (event) => (protocol.check ? protocol.check(event) : event),
      refused: (error, event) => this.#refuse(error, event),
      ready: () => this.#wake(),
      moved: (cursor) => this.#keeper.move(cursor),
    })
    this.#link = new Link(options, {
      url: () => protocol.url(this.#received),
      hello: () => protocol.hello?.(),
      opened: () => this.#tell(() => options.onOpen?.()),
      message: (data) => this.#receive(data),
      lost: (error) => this.#report(error),
    })
  }

  /** Up to where the program is done with everything; undefined before its first event. */
  get cursor(): number | undefined {
    return this.#keeper.cursor
  }

  /** How it is doing: a plain object, made when it is read. */
  get stats(): SubscriptionStats {
    const { events, bytes } = this.#queue
    const time = this.#last && this.#protocol.timeOf(this.#last)
    return {
      ...this.#counts,
      reconnects: this.#link.reconnects,
      queue: { events, bytes },
      lag: time === undefined ? undefined : Date.now() - time,
    }
  }

  /**
   * The events. A subscription can be iterated once.
   *
   * @throws from the iteration: a TypeError where it was iterated before; what the cursor store throws
   * when it loads; what `onError` throws.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    await this.open()
    try {
      for (;;) {
        const delivery = this.take() ?? (await this.wait())
        if (!delivery) return
        yield delivery.event
        this.finish(delivery)
      }
    } finally {
      await this.close()
    }
  }

  /**
   * Ends the iteration, once the program asks it for the next event. What was received and not handed
   * out is dropped: the cursor is before it. Resolves when the cursor is stored.
   */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#link.close()
    clearInterval(this.#timer)
    this.#options.signal?.removeEventListener('abort', this.#abort)
    this.#wake()
    this.onClose()
    await this.#keeper.save()
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** @internal Begins: takes up the cursor and connects. */
  async open(): Promise<void> {
    if (this.#isIterated) throw new TypeError('A subscription is iterated once')
    this.#isIterated = true
    await this.#keeper.load()
    this.#received = this.#keeper.cursor
    const { signal, onStats, statsInterval = 10_000 } = this.#options
    if (signal?.aborted) this.#isClosed = true
    if (this.#isClosed) return
    signal?.addEventListener('abort', this.#abort)
    if (onStats) {
      this.#timer = setInterval(() => this.#tell(() => onStats(this.stats)), statsInterval)
      // It shall not keep a process of Node alive.
      ;(this.#timer as { unref?(): void }).unref?.()
    }
    this.#link.open()
  }

  /** @internal The next event, where there is one. It stays the cursor's bound until it is finished. */
  take(): Delivery<Event> | undefined {
    if (this.#isClosed) return undefined
    const delivery = this.#queue.take()
    if (delivery) {
      this.#counts.events++
      this.#last = delivery.event
    }
    if (this.#isFull && this.#queue.bytes <= this.#maxQueueBytes / 2) {
      this.#isFull = false
      this.#link.open()
    }
    return delivery
  }

  /** @internal The next event, when there is one; undefined when the subscription is closed. */
  async wait(): Promise<Delivery<Event> | undefined> {
    for (;;) {
      const delivery = this.take()
      if (delivery) return delivery
      if (this.#failure) throw this.#failure.error
      if (this.#isClosed) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** @internal The program is done with an event. */
  finish(delivery: Delivery<Event>): void {
    this.#queue.finish(delivery)
  }

  /** @internal Sends a text to the service, unless there is no open connection just now. */
  send(text: string): void {
    this.#link.send(text)
  }

  /** @internal Asks the service anew, where the protocol has another URL now. */
  renew(): void {
    this.#link.renew()
  }

  #receive(data: Uint8Array | string): void {
    const counts = this.#counts
    counts.messages++
    counts.bytes += data.length
    const event = this.#read(data)
    if (event === undefined) return
    const isEvent = typeof event === 'object'
    const cursor = isEvent ? this.#protocol.cursorOf(event) : event
    if (cursor !== undefined) {
      if (this.#isOld(cursor)) return
      this.#received = cursor
      this.#refused = -1
    }
    if (!isEvent) return this.#queue.pass(cursor)
    this.#queue.push(event, cursor, data.length)
    if (this.#queue.bytes < this.#maxQueueBytes) return
    this.#isFull = true
    counts.pauses++
    this.#link.close()
  }

  #read(data: Uint8Array | string): Event | number | undefined {
    try {
      return this.#protocol.read(data)
    } catch (error) {
      const { code, seq, error: name } = error as Partial<FirehoseError>
      if (code === 'error-frame') {
        // Where the cursor is of no use, only the present is left.
        if (name === 'FutureCursor') this.#received = undefined
        this.#link.reopen()
      } else {
        if (seq !== undefined && this.#isOrdered) {
          if (this.#isOld(seq)) return undefined
          // What is bad the second time is so for good; it may only have been cut off the first time.
          if (seq <= this.#refused) return seq
          this.#refused = seq
        }
        this.#counts.badFrames++
      }
      this.#report(error)
      return undefined
    }
  }

  get #isOrdered(): boolean {
    return this.#protocol.isOrdered !== false
  }

  #isOld(cursor: number): boolean {
    const isOld = this.#isOrdered && this.#received !== undefined && cursor <= this.#received
    if (isOld) this.#counts.duplicates++
    return isOld
  }

  #refuse(error: unknown, event: Event): void {
    if (this.#isClosed) return
    this.#counts.verificationFailures++
    this.#report(error, 'verification-failed', this.#protocol.cursorOf(event))
  }

  #report(cause: unknown, code: FirehoseErrorCode = 'invalid-frame', seq?: number): void {
    const error =
      cause instanceof FirehoseError
        ? cause
        : new FirehoseError(String(cause), { code, seq, cause })
    this.#tell(() => this.#options.onError?.(error, { seq: error.seq, did: error.did }))
  }

  /** Calls the program back. What it throws ends the subscription. */
  #tell(callback: () => void): void {
    try {
      callback()
    } catch (error) {
      this.#failure ??= { error }
      void this.close()
    }
  }

  readonly #abort = (): void => {
    void this.close()
  }
}
