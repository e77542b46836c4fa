import { setImmediate as turn } from 'node:timers/promises'

import { describe, expect, test, vi } from 'vitest'

import { subscribeCounts } from '../../test/firehose/counter.ts'
import type { Count } from '../../test/firehose/counter.ts'
import { Deferred } from '../../test/firehose/deferred.ts'
import { Relay } from '../../test/firehose/relay.ts'
import { rejectedBy } from '../../test/thrown.ts'
import { consume } from './consume.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import type { SubscriptionOptions } from './subscription-options.ts'
import type { Subscription } from './subscription.ts'

/** A subscription to numbered events of accounts, of which there are as many as told. */
async function serve(
  count: number,
  accounts: number,
  options: SubscriptionOptions = {},
): Promise<{ relay: Relay; subscription: Subscription<Count> }> {
  const relay = await Relay.start(async (peer) => {
    for (let seq = (peer.cursor ?? 0) + 1; seq <= count; seq++) await peer.send(`${seq}`)
  })
  const check = (event: Count): Count => ({ ...event, did: `did:web:${event.seq % accounts}` })
  return { relay, subscription: subscribeCounts(relay.url, options, { check }) }
}

test('events of an account are handled in order, those of several side by side', async () => {
  const { relay, subscription } = await serve(500, 7)
  await using _ = relay
  const handled = new Map<string | undefined, number[]>()
  const atWork = new Set<string | undefined>()
  let most = 0
  await consume(
    subscription,
    async ({ did, seq }) => {
      expect(atWork.has(did)).toBe(false)
      atWork.add(did)
      most = Math.max(most, atWork.size)
      for (let turns = (seq * 7) % 5; turns > 0; turns--) await turn()
      atWork.delete(did)
      handled.set(did, [...(handled.get(did) ?? []), seq])
      if ([...handled.values()].flat().length === 500) await subscription.close()
    },
    { concurrency: 4 },
  )
  expect(most).toBe(4)
  expect(handled.size).toBe(7)
  const lists = [...handled.values()]
  expect(lists).toEqual(lists.map((list) => list.toSorted((a, b) => a - b)))
  expect(subscription.cursor).toBe(500)
})

test('the cursor is before the oldest event that is not done', async () => {
  const { relay, subscription } = await serve(10, 100)
  await using _ = relay
  const first = new Deferred<void>()
  const others = new Deferred<void>()
  let done = 0
  const consumed = consume(subscription, async ({ seq }) => {
    if (seq === 3) await first.promise
    if (++done === 9) others.resolve()
  })
  await others.promise
  await turn()
  expect(subscription.cursor).toBe(2)
  first.resolve()
  while (subscription.cursor !== 10) await turn()
  await subscription.close()
  await consumed
})

test('takes no more from the subscription than it can work on', async () => {
  const { relay, subscription } = await serve(1_000, 1)
  await using _ = relay
  const blocked = new Deferred<void>()
  const consumed = consume(subscription, () => blocked.promise, { concurrency: 2 })
  while (subscription.stats.messages < 1_000) await turn()
  const { events, queue } = subscription.stats
  // One that is being handled, and 8 for each worker that wait for it.
  expect(events).toBe(17)
  expect(queue.events).toBe(1_000 - 17)
  void subscription.close()
  blocked.resolve()
  await consumed
})

describe('the end', () => {
  test('waits for the handlers that are at work, and stores their cursor', async () => {
    const cursorStore = new MemoryCursorStore()
    const { relay, subscription } = await serve(100, 3, { cursorStore })
    await using _ = relay
    const stop = new AbortController()
    let begun = 0
    let ended = 0
    await consume(
      subscription,
      async () => {
        if (++begun === 20) stop.abort()
        await turn()
        ended++
      },
      { signal: stop.signal },
    )
    expect(ended).toBe(begun)
    expect(begun).toBeLessThan(100)
    expect(cursorStore.load()).toBe(begun)
  })

  test('of a signal that was there before', async () => {
    const { relay, subscription } = await serve(1, 1)
    await using _ = relay
    const handler = vi.fn<() => void>()
    await consume(subscription, handler, { signal: AbortSignal.abort() })
    expect(handler).not.toHaveBeenCalled()
    expect(relay.peers).toEqual([])
  })

  test('of what the subscription throws, after its handlers', async () => {
    const { relay, subscription } = await serve(2, 2, {
      onError(error) {
        throw error
      },
    })
    await using _ = relay
    let ended = 0
    const consumed = consume(subscription, async () => {
      relay.peers[0]?.socket.close()
      await turn()
      ended++
    })
    const { message } = await rejectedBy(Error, () => consumed)
    expect(message).toMatch(/closed/)
    expect(ended).toBeGreaterThan(0)
  })

  test('a concurrency below one is refused', async () => {
    const { relay, subscription } = await serve(1, 1)
    await using _ = relay
    for (const concurrency of [0, NaN]) {
      const { message } = await rejectedBy(RangeError, () =>
        consume(subscription, () => undefined, { concurrency }),
      )
      expect(message).toMatch(/concurrency/)
    }
  })
})

describe('a handler that fails', () => {
  test('ends it, and the event comes again the next time', async () => {
    const cursorStore = new MemoryCursorStore()
    const { relay, subscription } = await serve(10, 1, { cursorStore })
    await using _ = relay
    const { message } = await rejectedBy(RangeError, () =>
      consume(subscription, ({ seq }) => {
        if (seq === 4) throw new RangeError('Not four')
      }),
    )
    expect(message).toBe('Not four')
    expect(cursorStore.load()).toBe(3)
    await relay.peers[0]?.closed
  })

  test('is asked about: its event is handled again, or left out', async () => {
    const { relay, subscription } = await serve(6, 3)
    await using _ = relay
    const handled: number[] = []
    const asked: unknown[] = []
    await consume(
      subscription,
      async ({ seq }) => {
        handled.push(seq)
        if (seq === 6 && subscription.cursor === 5) void subscription.close()
        if (seq === 2 || (seq === 3 && handled.filter((other) => other === 3).length < 3)) {
          throw new Error(`Not ${seq}`)
        }
        if (seq === 6) while (subscription.cursor !== 5) await turn()
        if (seq === 6) void subscription.close()
      },
      {
        async onError(error, { seq }, attempt) {
          asked.push([(error as Error).message, seq, attempt])
          return seq === 2 ? 'skip' : 'retry'
        },
      },
    )
    expect(handled.filter((seq) => seq % 3 === 0)).toEqual([3, 3, 3, 6])
    expect(asked).toEqual(
      expect.arrayContaining([
        ['Not 2', 2, 1],
        ['Not 3', 3, 1],
        ['Not 3', 3, 2],
      ]),
    )
    expect(asked.length).toBe(3)
    expect(subscription.cursor).toBe(6)
  })

  test('is not tried again once the subscription is closed', async () => {
    const { relay, subscription } = await serve(1, 1)
    await using _ = relay
    let attempts = 0
    await consume(
      subscription,
      () => {
        attempts++
        throw new Error('Never')
      },
      {
        onError() {
          void subscription.close()
          return 'retry'
        },
      },
    )
    expect(attempts).toBe(1)
    expect(subscription.cursor).toBe(undefined)
  })

  test('ends it where onError fails', async () => {
    const { relay, subscription } = await serve(1, 1)
    await using _ = relay
    const { message } = await rejectedBy(TypeError, () =>
      consume(
        subscription,
        () => {
          throw new Error('First')
        },
        {
          onError() {
            throw new TypeError('Second')
          },
        },
      ),
    )
    expect(message).toBe('Second')
  })
})
