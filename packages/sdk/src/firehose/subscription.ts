// A stream of events that does not end: connections come and go, each event arrives at least once.

import { createCursorKeeper } from './cursor-keeper.ts'
import { createEventQueue } from './event-queue.ts'
import type { Delivery } from './event-queue.ts'
import { FirehoseError } from './firehose-error.ts'
import type { FirehoseErrorCode } from './firehose-error.ts'
import { createLink } from './link.ts'
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
export interface Subscription<Event extends object> extends AsyncIterable<Event>, AsyncDisposable {
  /** Up to where the program is done with everything; undefined before its first event. */
  readonly cursor: number | undefined
  /** How it is doing: a plain object, made when it is read. */
  readonly stats: SubscriptionStats
  /**
   * The events. A subscription can be iterated once.
   *
   * @throws from the iteration: a TypeError where it was iterated before; what the cursor store throws
   * when it loads, or a FirehoseError `invalid-cursor` where that is none; what `onError` throws.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined>
  /**
   * Ends the iteration, once the program asks it for the next event. What was received and not handed
   * out is dropped: the cursor is before it. Resolves when the cursor is stored.
   */
  close(): Promise<void>
  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void>
  /** @internal Aborts when it is closed. */
  readonly closing: AbortSignal
  /** @internal Begins: takes up the cursor and connects. */
  open(): Promise<void>
  /** @internal The next event, where there is one. It stays the cursor's bound until it is finished. */
  take(): Delivery<Event> | undefined
  /** @internal The next event, when there is one; undefined when the subscription is closed. */
  wait(): Promise<Delivery<Event> | undefined>
  /** @internal The program is done with an event. */
  finish(delivery: Delivery<Event>): void
  /** @internal Says hello again, or asks the service anew where the protocol has another URL now. */
  renew(): void
}

/** What a protocol is made of, once the iteration begins. */
export type ProtocolMaker<Event extends object> = (
  /** Aborts when the subscription is closed. */
  closing: AbortSignal,
) => StreamProtocol<Event> | Promise<StreamProtocol<Event>>

/**
 * Makes a subscription.
 *
 * @param isCursor Whether an integer can be a cursor of the stream. Others never are.
 * @throws TypeError where neither the options nor the platform have a WebSocket.
 * @throws RangeError where the cursor is none.
 */
export function createSubscription<Event extends object>(
  makeProtocol: ProtocolMaker<Event>,
  options: SubscriptionOptions,
  isCursor: (cursor: number) => boolean = (cursor) => cursor >= 0,
): Subscription<Event> {
  const { signal, maxQueueBytes = DEFAULT_MAX_QUEUE_BYTES, onStats } = options
  const closing = new AbortController()
  const counts = {
    events: 0,
    messages: 0,
    bytes: 0,
    duplicates: 0,
    badFrames: 0,
    verificationFailures: 0,
    pauses: 0,
  }
  let protocol: StreamProtocol<Event>
  let connections = 0
  /** Up to where everything was received: the next connection goes on from there. */
  let received: number | undefined
  let last: Event | undefined
  let isIterated = false
  let isFull = false
  /** What ended it, where it was not asked to. */
  let failure: { error: unknown } | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let wake: (() => void) | undefined

  const isClosed = (): boolean => closing.signal.aborted

  /** Calls the program back. What it throws ends the subscription. */
  const tell = (callback: () => void): void => {
    try {
      callback()
    } catch (error) {
      // Closing it saves the cursor, which may fail, and be told, and be thrown again without end.
      if (failure) return
      failure = { error }
      void close()
    }
  }

  const report = (
    cause: unknown,
    code: FirehoseErrorCode = 'invalid-frame',
    seq?: number,
  ): void => {
    const error =
      cause instanceof FirehoseError
        ? cause
        : new FirehoseError(String(cause), { code, seq, cause })
    tell(() => options.onError?.(error, { seq: error.seq, did: error.did }))
  }

  const keeper = createCursorKeeper(options, isCursor, (error) => report(error, 'cursor-not-saved'))
  const queue = createEventQueue<Event>(() => wake?.(), keeper.move, closing.signal)
  const { waiting, finish } = queue

  const read = (data: Uint8Array | string): ReturnType<StreamProtocol<Event>['read']> => {
    try {
      return protocol.read(data)
    } catch (error) {
      const { code, error: name } = error as Partial<FirehoseError>
      if (code === 'error-frame') {
        // Where the cursor is of no use, only the present is left.
        if (name === 'FutureCursor') received = undefined
        link.reopen()
      } else {
        counts.badFrames++
      }
      report(error)
      return undefined
    }
  }

  const refuse = (error: unknown, event: Event): void => {
    if (isClosed()) return
    counts.verificationFailures++
    report(error, 'verification-failed', protocol.cursorOf(event))
  }

  const receive = (data: Uint8Array | string): void => {
    counts.messages++
    counts.bytes += data.length
    const event = read(data)
    if (event === null) counts.duplicates++
    if (event === null || event === undefined) return
    const isEvent = typeof event === 'object'
    const cursor = isEvent ? protocol.cursorOf(event) : event
    received = cursor ?? received
    const checked =
      isEvent && (protocol.check ? protocol.check(event, refuse, closing.signal) : event)
    // What is not handed out leaves nothing behind: most events of a filtered stream are such.
    if (!checked) return queue.pass(cursor)
    queue.push(checked, cursor, data.length)
    if (waiting.bytes < maxQueueBytes) return
    isFull = true
    counts.pauses++
    link.close()
  }

  const link = createLink(options, {
    url() {
      connections++
      return protocol.url(received)
    },
    hello: () => protocol.hello?.(),
    opened: () => tell(() => options.onOpen?.()),
    message: receive,
    lost(error) {
      protocol.lost?.(error)
      report(error)
    },
  })

  const prepare = async (): Promise<void> => {
    await keeper.load()
    received = keeper.cursor
    protocol = await makeProtocol(closing.signal)
  }

  const open = async (): Promise<void> => {
    if (isIterated) throw new TypeError('A subscription is iterated once')
    isIterated = true
    if (signal?.aborted) closing.abort()
    if (isClosed()) return
    signal?.addEventListener('abort', () => void close(), { signal: closing.signal })
    const closed = new Promise<void>((resolve) => {
      wake = resolve
    })
    try {
      // A store that does not answer keeps nobody from closing it.
      await Promise.race([prepare(), closed])
    } catch (error) {
      closing.abort()
      throw error
    }
    if (isClosed()) return
    if (onStats) {
      timer = setInterval(
        () => tell(() => onStats(subscription.stats)),
        options.statsInterval ?? 10_000,
      )
      // It shall not keep a process of Node alive.
      ;(timer as { unref?(): void }).unref?.()
    }
    link.open()
  }

  const close = async (): Promise<void> => {
    closing.abort()
    link.close()
    clearInterval(timer)
    wake?.()
    await keeper.save()
  }

  const take = (): Delivery<Event> | undefined => {
    if (isClosed()) return undefined
    const delivery = queue.take()
    if (delivery) {
      counts.events++
      last = delivery.event
    }
    if (isFull && waiting.bytes <= maxQueueBytes / 2) {
      isFull = false
      link.open()
    }
    return delivery
  }

  const wait = async (): Promise<Delivery<Event> | undefined> => {
    for (;;) {
      const delivery = take()
      if (delivery) return delivery
      if (failure) throw failure.error
      if (isClosed()) return undefined
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  const subscription: Subscription<Event> = {
    get cursor() {
      return keeper.cursor
    },
    get stats() {
      const time = last && protocol.timeOf(last)
      return {
        ...counts,
        reconnects: Math.max(connections - 1, 0),
        queue: { ...waiting },
        lag: time === undefined ? undefined : Date.now() - time,
      }
    },
    async *[Symbol.asyncIterator]() {
      await open()
      try {
        for (;;) {
          const delivery = take() ?? (await wait())
          if (!delivery) return
          yield delivery.event
          finish(delivery)
        }
      } finally {
        await close()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
    closing: closing.signal,
    open,
    take,
    wait,
    finish,
    renew: link.renew,
  }
  return subscription
}
