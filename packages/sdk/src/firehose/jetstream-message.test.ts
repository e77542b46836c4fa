import { expect, test } from 'vitest'
import { DID, messageFrame, stored, version1, version2 } from '../../test/firehose/jetstream.ts'
import { thrownBy } from '../../test/thrown.ts'
import { FirehoseError } from './firehose-error.ts'
import { readJetstreamMessage } from './jetstream-message.ts'

const event = stored(1)
const time = '2024-09-09T19:46:03.329Z'
const timeOfVersion2 = '2024-09-09T19:46:03.329308Z'
const { time_us } = event

function read(message: unknown) {
  return readJetstreamMessage(JSON.stringify(message))
}

const commit = {
  kind: 'commit',
  did: DID,
  rev: '3l3qo2vutsw2b',
  ops: [
    {
      action: 'create',
      path: 'app.bsky.feed.post/r1',
      collection: 'app.bsky.feed.post',
      rkey: 'r1',
      uri: `at://${DID}/app.bsky.feed.post/r1`,
      cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
      prev: null,
      record: {
        $type: 'app.bsky.feed.post',
        text: 'No. 1',
        createdAt: '2024-09-09T19:46:02.102Z',
      },
    },
  ],
}

test('both versions give commits alike, with the places and times that each has', () => {
  expect(read(version1(event))).toEqual({ ...commit, seq: time_us, time })
  expect(read(version2(event))).toEqual({ ...commit, seq: 1, time: timeOfVersion2 })
})

test('a deletion has neither a CID nor a record', () => {
  const { rev, ops } = commit
  const { action: _, ...place } = ops[0]!
  const facts = { rev, operation: 'delete', collection: place.collection, rkey: place.rkey }
  const deleted = { ...commit, ops: [{ ...place, action: 'delete', cid: null, record: null }] }
  expect(read({ did: DID, time_us, kind: 'commit', commit: facts })).toEqual({
    ...deleted,
    seq: time_us,
    time,
  })
  expect(read(messageFrame('#commit', { seq: 1, did: DID, time, ...facts }))).toEqual({
    ...deleted,
    seq: 1,
    time,
  })
})

test('an identity and an account are told with the place and the time of Jetstream', () => {
  const upstream = { did: DID, seq: 1_409_752_997, time: '2024-09-05T06:11:04.870Z' }
  const identity = { ...upstream, handle: 'alice.example.com' }
  const account = { ...upstream, active: false, status: 'on-holiday' }
  const place = { seq: time_us, did: DID, time }
  expect(read({ did: DID, time_us, kind: 'identity', identity })).toEqual({
    kind: 'identity',
    ...place,
    handle: 'alice.example.com',
  })
  expect(read({ did: DID, time_us, kind: 'identity', identity: upstream })).toEqual({
    kind: 'identity',
    ...place,
  })
  expect(read({ did: DID, time_us, kind: 'account', account })).toEqual({
    kind: 'account',
    ...place,
    active: false,
    status: 'on-holiday',
  })
  const envelope = { seq: 1, did: DID, time }
  expect(read(messageFrame('#identity', { ...envelope, identity }))).toEqual({
    kind: 'identity',
    ...envelope,
    handle: 'alice.example.com',
  })
  expect(read(messageFrame('#account', { ...envelope, account }))).toEqual({
    kind: 'account',
    ...envelope,
    active: false,
    status: 'on-holiday',
  })
})

test('version two tells of repositories in a new state, and of the stream itself', () => {
  const envelope = { seq: 1, did: DID, time }
  const sync = { seq: 5, did: DID, rev: '3l3qo2vutsw2b', time, blocks: { $bytes: 'AQID' } }
  expect(read(messageFrame('#sync', { ...envelope, sync }))).toEqual({
    kind: 'sync',
    ...envelope,
    rev: '3l3qo2vutsw2b',
    blocks: Uint8Array.of(1, 2, 3),
  })
  expect(read(messageFrame('#info', { name: 'OutdatedCursor', message: 'Gone' }))).toEqual({
    kind: 'info',
    name: 'OutdatedCursor',
    message: 'Gone',
  })
})

test.each([
  [
    'of version one',
    { did: DID, time_us, kind: 'party', party: 1 },
    '#party',
    { seq: time_us, did: DID, time },
  ],
  ['without a place', { kind: 'party' }, '#party', {}],
  ['named like what every object has', { kind: 'constructor' }, '#constructor', {}],
])('a kind that nobody knows is unknown, with the message: %s', (_, raw, t, place) => {
  expect(read(raw)).toEqual({ kind: 'unknown', t, ...place, raw })
})

test('what version two says beside events is unknown', () => {
  const { payload } = messageFrame('#party', { seq: 1 }) as { payload: object }
  expect(read({ $type: 'message', payload })).toEqual({
    kind: 'unknown',
    t: '#party',
    seq: 1,
    raw: payload,
  })
  expect(read({ $type: 'greeting' })).toEqual({
    kind: 'unknown',
    raw: { $type: 'greeting' },
  })
})

test('an error frame is thrown with the name of the error', () => {
  const frame = { $type: 'error', error: 'ConsumerTooSlow', message: 'Too slow' }
  const error = thrownBy(FirehoseError, () => read(frame))
  expect(error).toMatchObject({ code: 'error-frame', error: 'ConsumerTooSlow' })
  expect(error.message).toContain('Too slow')
  expect(thrownBy(FirehoseError, () => read({ $type: 'error' })).code).toBe('error-frame')
})

test.each(['', '{', 'null', '1', '"text"', '[]', '{"a":1}}', '\u0000'])(
  'refuses what is no JSON object: %j',
  (text) => {
    expect(thrownBy(FirehoseError, () => readJetstreamMessage(text)).code).toBe('invalid-frame')
  },
)

const facts = (version1(event) as { commit: object }).commit

test.each([
  ['no fields', undefined],
  ['fields that are none', 'text'],
  ['no revision', { ...facts, rev: undefined }],
  ['an operation that is no text', { ...facts, operation: 1 }],
  ['no collection', { ...facts, collection: undefined }],
  ['a collection that is none', { ...facts, collection: 'a/b' }],
  ['a record key that is none', { ...facts, rkey: '..' }],
  ['a CID that is no text', { ...facts, cid: {} }],
  ['no record', { ...facts, record: undefined }],
  ['a record that is a list', { ...facts, record: [] }],
])('refuses a commit with %s, and tells its place', (_, changed) => {
  const error = thrownBy(FirehoseError, () =>
    read({ did: DID, time_us, kind: 'commit', commit: changed }),
  )
  expect(error).toMatchObject({ code: 'invalid-frame', seq: time_us, did: DID })
})

test.each([
  ['no account', { did: undefined }],
  ['an account that is none', { did: 'alice' }],
  ['no time', { time_us: undefined }],
  ['a time that is a text', { time_us: '1725911162329308' }],
  ['a time with fractions', { time_us: time_us / 1000 }],
  ['a time before there were services', { time_us: 1 }],
  ['a number beyond the exact ones', { time_us: 2 ** 53 }],
])('refuses an event with %s', (_, change) => {
  const error = thrownBy(FirehoseError, () => read({ ...version1(event), ...change }))
  expect(error.code).toBe('invalid-frame')
})

test.each([
  ['identity', { handle: 5 }],
  ['account', {}],
  ['account', { active: 'yes' }],
  ['account', { active: true, status: 1 }],
  ['sync', { rev: 'a' }],
  ['sync', { rev: 'a', blocks: { $bytes: '#' } }],
  ['info', {}],
  ['info', { name: 'a', message: 1 }],
])('refuses an event of the kind %s with %j', (kind, body) => {
  const envelope = { seq: 1, did: DID, time, [kind]: body }
  const error = thrownBy(FirehoseError, () => read(messageFrame(`#${kind}`, envelope)))
  expect(error).toMatchObject({ code: 'invalid-frame', seq: 1, did: DID })
})
