import {
  assert,
  constantFrom,
  jsonValue,
  oneof,
  property,
  sample,
  string,
  uint8Array,
} from 'fast-check'
import { expect, test } from 'vitest'
import { stored, version1, version2 } from '../../test/firehose/jetstream.ts'
import { Relay } from '../../test/firehose/relay.ts'
import { FirehoseError } from './firehose-error.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { parseMessage } from './jetstream-reader.ts'
import type { Fields } from './jetstream-reader.ts'
import { jetstreamTools } from './jetstream-tools.ts'
import { readVersion1 } from './jetstream-version1.ts'
import { createReader2 } from './jetstream-version2.ts'
import { subscribeJetstream } from './subscribe-jetstream.ts'

const EVENTS = 400

const readVersion2 = createReader2(jetstreamTools)

/** What no field of an event should be. */
const oddity = constantFrom(null, true, -1, 1.5, 2 ** 53, '', ' ', 'x/y', [], {}, undefined)

/** The paths to all that is in a value. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  const inner = Object.entries(value).flatMap(([key, field]) =>
    pathsIn(field).map((path) => [key, ...path]),
  )
  return [[], ...inner]
}

/** A copy of a value with something else at a path in it. */
function changed(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: changed(fields[key], rest, other) }
}

/** JSON of any value; of none, as lists have it. */
function jsonOf(value: unknown): string {
  return JSON.stringify([value]).slice(1, -1)
}

/** The event in a message, or why there is none. */
function outcomeOf(
  message: string,
  read: (fields: Fields) => JetstreamEvent,
): JetstreamEvent | FirehoseError {
  try {
    return read(parseMessage(message))
  } catch (error) {
    if (error instanceof FirehoseError) return error
    throw error
  }
}

test.each([
  [1, version1, readVersion1],
  [2, version2, readVersion2],
] as const)(
  'version %i: whatever a message is, it is an event or a FirehoseError',
  (_, make, read) => {
    const whole = make(stored(1))
    const message = oneof(
      { arbitrary: string(), weight: 1 },
      { arbitrary: jsonValue().map((value) => JSON.stringify(value)), weight: 2 },
      {
        arbitrary: constantFrom(...pathsIn(whole)).chain((path) =>
          oneof(oddity, jsonValue()).map((value) => jsonOf(changed(whole, path, value))),
        ),
        weight: 4,
      },
    )
    assert(
      property(message, (text) => typeof outcomeOf(text, read) === 'object'),
      { numRuns: 3_000 },
    )
  },
)

// The messages are the same with the same seed, which a failure prints.
test.each([
  [1, version1, readVersion1],
  [2, version2, readVersion2],
] as const)(
  'version %i: each bad message is reported once, and all others come',
  async (version, make, read) => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const paths = pathsIn(make(stored(1)))
    const [places, values, garbage] = [
      sample(constantFrom(...paths), { numRuns: EVENTS, seed }),
      sample(oddity, { numRuns: EVENTS, seed }),
      sample(oneof(string(), uint8Array()), { numRuns: EVENTS, seed }),
    ]
    const messages = places.flatMap((path, i) => {
      const event = make(stored(2 * i + 2))
      const odd = jsonOf(changed(make(stored(2 * i + 1)), path, values[i]))
      return [odd, garbage[i]!, JSON.stringify(event)]
    })
    const outcomes = messages.map((message) =>
      typeof message === 'string'
        ? outcomeOf(message, read)
        : new FirehoseError('Bytes', { code: 'invalid-frame' }),
    )
    const events = outcomes.filter((outcome) => !(outcome instanceof FirehoseError))

    await using relay = await Relay.start(async (peer) => {
      for (const message of messages) await peer.send(message)
    })
    const errors: FirehoseError[] = []
    const onError = (error: FirehoseError) => void errors.push(error)
    const subscription = subscribeJetstream({ service: relay.url, version, onError })
    const received: JetstreamEvent[] = []
    for await (const event of subscription) {
      received.push(event)
      if (received.length === events.length) break
    }
    expect(received, `seed ${seed}`).toEqual(events)
    expect(errors, `seed ${seed}`).toHaveLength(messages.length - events.length)
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['invalid-frame']))
    expect(subscription.stats).toMatchObject({ badFrames: errors.length, reconnects: 0 })
  },
)

test('a message of more than 5 MB is reported, and the next one comes', async () => {
  const text = JSON.stringify({ ...version1(stored(1)), more: ' '.repeat(5_000_000) })
  await using relay = await Relay.start(async (peer) => {
    await peer.send(text)
    await peer.send(JSON.stringify(version1(stored(2))))
  })
  const codes: string[] = []
  const onError = ({ code }: FirehoseError) => void codes.push(code)
  for await (const event of subscribeJetstream({ service: relay.url, onError })) {
    expect(event).toMatchObject({ seq: stored(2).time_us })
    break
  }
  expect(codes).toEqual(['frame-too-large'])
})

test('a bad message that a new connection brings again is not reported again', async () => {
  const bad = JSON.stringify({ ...version1(stored(1)), commit: null })
  await using relay = await Relay.start(async (peer, index) => {
    await peer.send(bad)
    await peer.send(JSON.stringify(version1(stored(2 + index))))
    if (index < 3) peer.socket.terminate()
  })
  const errors: FirehoseError[] = []
  const onError = (error: FirehoseError) => void errors.push(error)
  const reconnect = { min: 1, max: 4 }
  const subscription = subscribeJetstream({ service: relay.url, reconnect, onError })
  let count = 0
  for await (const event of subscription) {
    expect(event.kind).toBe('commit')
    if (++count === 4) break
  }
  const isBad = ({ code }: FirehoseError) => code === 'invalid-frame'
  expect(errors.filter(isBad)).toHaveLength(1)
  expect(errors.find(isBad)).toMatchObject({ seq: stored(1).time_us })
})
