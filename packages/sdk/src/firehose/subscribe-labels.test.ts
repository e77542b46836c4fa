import { expect, test } from 'vitest'
import { Deferred } from '../../test/firehose/deferred.ts'
import { frameOf } from '../../test/firehose/frames.ts'
import { Relay } from '../../test/firehose/relay.ts'
import type { Message } from '../../test/firehose/relay.ts'
import { generateKeypair } from '../crypto/index.ts'
import type { Keypair } from '../crypto/index.ts'
import { IdentityError } from '../identity/index.ts'
import type { FirehoseError } from './firehose-error.ts'
import { consume } from './consume.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import type { LabelEvent, LabelsEvent } from './label-frame.ts'
import { signLabel } from './label-signature.ts'
import type { SignedLabel } from './label-signature.ts'
import type { KeyResolver } from './signing-keys.ts'
import { subscribeLabels } from './subscribe-labels.ts'

const labeler = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const reconnect = { min: 1, max: 4 }
const key = await generateKeypair('p256')

function labelBy(keypair: Keypair, val: string, src: `did:${string}:${string}` = labeler) {
  const uri = 'did:plc:z72i7hdynmk6r22z27h6tvur'
  return signLabel({ src, uri, val, cts: '2024-01-02T03:04:05.678Z' }, keypair)
}

function labelsFrame(seq: number, labels: readonly object[]): Message {
  return { seq, data: frameOf({ op: 1, t: '#labels' }, { seq, labels }) }
}

/** Labels with the numbers of their events as values. */
async function stream(count: number): Promise<Message[]> {
  const seqs = Array.from({ length: count }, (_, i) => i + 1)
  return Promise.all(seqs.map(async (seq) => labelsFrame(seq, [await labelBy(key, `no-${seq}`)])))
}

async function take(subscription: AsyncIterable<LabelEvent>, count: number): Promise<LabelEvent[]> {
  const events: LabelEvent[] = []
  for await (const event of subscription) {
    events.push(event)
    if (events.length === count) break
  }
  return events
}

/** The labels of events, by their values. */
function valuesOf(events: readonly LabelEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'labels' ? event.labels.map(({ val }) => val) : [event.kind],
  )
}

/** Gives the keys by their DIDs, the first ones until they are asked for anew; else the error. */
class Keys implements KeyResolver {
  readonly asked: string[] = []
  readonly #answers: Record<string, readonly (string | Error)[]>

  constructor(answers: Record<string, readonly (string | Error)[]>) {
    this.#answers = answers
  }

  async resolveKey(did: string, fragment?: string, refresh = false): Promise<string> {
    this.asked.push(`${did}#${fragment}${refresh ? ' anew' : ''}`)
    const answer = this.#answers[did]?.[refresh ? 1 : 0] ?? new Error('nobody knows')
    if (typeof answer === 'string') return answer
    throw answer
  }
}

/** The one event that comes of labels, once they were verified. */
async function verified(labels: readonly object[], identity: KeyResolver): Promise<LabelsEvent> {
  await using relay = await Relay.start((peer) => peer.sendAll([labelsFrame(1, labels)]))
  const service = relay.url
  const [event] = await take(subscribeLabels({ service, verify: 'full', identity }), 1)
  if (event?.kind !== 'labels') throw new Error('There are no labels')
  return event
}

test('gives the labels in order, across lost connections and runs of the program', async () => {
  const messages = await stream(30)
  await using relay = await Relay.start(async (peer, index) => {
    await peer.sendAll(messages.slice(0, 10 * (index + 1)))
    if (index < 2) peer.socket.terminate()
  })
  const cursorStore = new MemoryCursorStore()
  const options = { service: relay.url, reconnect, cursorStore }
  const events = await take(subscribeLabels({ ...options, cursor: 0 }), 25)
  expect(valuesOf(events)).toEqual(Array.from({ length: 25 }, (_, i) => `no-${i + 1}`))
  expect(relay.peers[0]?.url).toBe('/xrpc/com.atproto.label.subscribeLabels?cursor=0')
  expect(cursorStore.load()).toBe(24)
  expect(valuesOf(await take(subscribeLabels(options), 6))[0]).toBe('no-25')
})

test('each bad frame is reported once with its place, and the others come', async () => {
  const [first, , third] = await stream(3)
  const bad = labelsFrame(2, [{ val: 'spam' }])
  const info = { seq: 3, data: frameOf({ op: 1, t: '#info' }, { name: 'OutdatedCursor' }) }
  const garbage = { seq: 3, data: Uint8Array.of(1, 2, 3) }
  const text = { seq: 3, data: '{}' }
  await using relay = await Relay.start((peer) =>
    peer.sendAll([info, first!, bad, garbage, text, third!]),
  )
  const errors: [string, number | undefined][] = []
  const onError = ({ code, seq }: FirehoseError) => void errors.push([code, seq])
  const events = await take(subscribeLabels({ service: relay.url, onError }), 3)
  expect(valuesOf(events)).toEqual(['info', 'no-1', 'no-3'])
  expect(errors).toEqual([
    ['invalid-frame', 2],
    ['invalid-frame', undefined],
    ['invalid-frame', undefined],
  ])
})

test('nothing is verified unless that is asked for', async () => {
  const { sig: _, ...label } = await labelBy(key, 'spam')
  await using relay = await Relay.start((peer) => peer.sendAll([labelsFrame(1, [label])]))
  const [event] = await take(subscribeLabels({ service: relay.url }), 1)
  expect(event).toStrictEqual({ kind: 'labels', seq: 1, labels: [label] })
})

test('labels with a wrong signature, or none, are put aside', async () => {
  const good = await labelBy(key, 'good')
  const forged = { ...(await labelBy(key, 'forged')), val: 'other' }
  const { sig: _, ...unsigned } = await labelBy(key, 'unsigned')
  const strange = await labelBy(await generateKeypair('p256'), 'strange')
  const future = { ...good, ver: 2 }
  const keys = new Keys({ [labeler]: [key.did, key.did] })
  const event = await verified([good, forged, unsigned, strange, future, good], keys)
  expect(event.labels).toEqual([good, good])
  const refused = event.refused?.map(({ label, error }) => [label, error.code, error.did])
  expect(refused).toEqual([
    [forged, 'verification-failed', labeler],
    [unsigned, 'unsigned-label', labeler],
    [strange, 'verification-failed', labeler],
    [future, 'invalid-label', labeler],
  ])
})

test('a key that does not fit is asked for anew, but not for each label', async () => {
  const old = await generateKeypair('k256')
  const labels = await Promise.all(['a', 'b', 'c'].map((val) => labelBy(key, val)))
  const keys = new Keys({ [labeler]: [old.did, key.did] })
  const event = await verified([labels[0]!], keys)
  expect(event.labels).toEqual([labels[0]])
  expect(keys.asked).toEqual([`${labeler}#atproto_label`, `${labeler}#atproto_label anew`])

  const forgeries = labels.map((label) => ({ ...label, val: 'forged' }))
  const others = new Keys({ [labeler]: [key.did, key.did] })
  expect((await verified(forgeries, others)).refused).toHaveLength(3)
  expect(others.asked.filter((asked) => asked.endsWith('anew'))).toHaveLength(1)
})

test('whether a labeler has no key, or nobody can tell, is told apart', async () => {
  const [keyless, unreachable] = ['did:web:keyless.test', 'did:web:away.test'] as const
  const labels = [await labelBy(key, 'a', keyless), await labelBy(key, 'b', unreachable)]
  const noKey = new IdentityError('No key', { code: 'no-key' })
  const timeout = new IdentityError('Timeout', { code: 'timeout' })
  const keys = new Keys({ [keyless]: [noKey], [unreachable]: [timeout] })
  const { labels: none, refused } = await verified(labels, keys)
  expect(none).toEqual([])
  expect(refused?.map(({ error }) => [error.code, error.cause])).toEqual([
    ['verification-failed', noKey],
    ['key-unavailable', timeout],
  ])
})

test('events keep their order, however long their keys take', async () => {
  const slow = new Deferred<string>()
  const other = 'did:web:slow.test'
  const labels: SignedLabel[] = [await labelBy(key, 'slow', other), await labelBy(key, 'fast')]
  const identity = {
    resolveKey: (did: string) => (did === other ? slow.promise : (slow.resolve(key.did), key.did)),
  } as unknown as KeyResolver
  const messages = labels.map((label, i) => labelsFrame(i + 1, [label]))
  await using relay = await Relay.start((peer) => peer.sendAll(messages))
  const options = { service: relay.url, verify: 'full', identity } as const
  expect(valuesOf(await take(subscribeLabels(options), 2))).toEqual(['slow', 'fast'])
})

test('the lag is that of the newest label, and events can be consumed', async () => {
  const messages = await stream(5)
  await using relay = await Relay.start((peer) => peer.sendAll(messages))
  const subscription = subscribeLabels({ service: relay.url })
  const seen: string[] = []
  await consume(subscription, (event) => {
    seen.push(...valuesOf([event]))
    if (seen.length === 5) void subscription.close()
  })
  expect(seen).toEqual(['no-1', 'no-2', 'no-3', 'no-4', 'no-5'])
  const made = Date.parse('2024-01-02T03:04:05.678Z')
  expect(subscription.stats.lag).toBeGreaterThan(Date.parse('2025-01-01') - made)
  expect(subscription.cursor).toBe(5)
})

test('full verification needs somebody who knows the keys', () => {
  expect(() => subscribeLabels({ verify: 'full' })).toThrow(TypeError)
  expect(() => subscribeLabels({ service: 'a b' })).toThrow(TypeError)
})
