import { inspect } from 'node:util'
import { assert, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../base/index.ts'
import { cborBlock, rawBlock } from '../../test/data/blocks.ts'
import {
  commitFrame,
  decodeCommit,
  firehoseErrorOf,
  frameOf,
  messageFrame,
  TIME,
} from '../../test/firehose/frames.ts'
import { DID, postWrites, TestRepo } from '../../test/repo/repository.ts'
import type { Write } from '../../test/repo/repository.ts'
import { encodeCar, encodeCbor, readCar, toLexBytes } from '../data/index.ts'
import { verifyCommitEvent } from '../repo/index.ts'
import { CollectionFilter } from './collection-filter.ts'
import { decodeFrame } from './decode-frame.ts'
import { MAX_FRAME_BYTES } from './frame.ts'
import { FirehoseError } from './firehose-error.ts'

const writes = postWrites(40)
const pathOf = (number: number): string => writes[number]![0]
const like = { $type: 'app.bsky.feed.like', subject: 'x', createdAt: TIME }
const changed = { $type: 'app.bsky.feed.post', text: 'Grüße 👋', createdAt: TIME }

const repo = await TestRepo.create(writes)
const before = repo.tree.root()
const changes: Write[] = [
  ['app.bsky.feed.like/3jui7kd54zh2y', like],
  [pathOf(7), changed],
  [pathOf(20), undefined],
]
const made = await repo.write(changes)
const frame = commitFrame(made, { seq: 1234 })

/** What the frame tells, records included. */
const expected = {
  kind: 'commit',
  seq: 1234,
  did: DID,
  time: TIME,
  rev: made.rev,
  since: made.since,
  commit: repo.commit.cid,
  prevData: before,
  ops: [
    {
      action: 'create',
      path: 'app.bsky.feed.like/3jui7kd54zh2y',
      collection: 'app.bsky.feed.like',
      rkey: '3jui7kd54zh2y',
      uri: `at://${DID}/app.bsky.feed.like/3jui7kd54zh2y`,
      cid: cborBlock(like).cid,
      prev: null,
      record: like,
    },
    {
      action: 'update',
      path: pathOf(7),
      collection: 'app.bsky.feed.post',
      rkey: pathOf(7).split('/')[1],
      uri: `at://${DID}/${pathOf(7)}`,
      cid: cborBlock(changed).cid,
      prev: cborBlock(writes[7]![1]).cid,
      record: changed,
    },
    {
      action: 'delete',
      path: pathOf(20),
      collection: 'app.bsky.feed.post',
      rkey: pathOf(20).split('/')[1],
      uri: `at://${DID}/${pathOf(20)}`,
      cid: null,
      prev: cborBlock(writes[20]![1]).cid,
      record: null,
    },
  ],
}

describe('a commit', () => {
  test('tells what happened, with the records as plain JSON', () => {
    const event = decodeCommit(frame)
    expect(event).toEqual(expected)
    expect(event.blocks).toEqual(made.blocks)
    expect(event.verification).toBeUndefined()
  })

  test('becomes JSON, is cloned, spread and compared like a plain object', () => {
    const event = decodeCommit(frame)
    expect(JSON.parse(JSON.stringify(event))).toStrictEqual(expected)
    expect(structuredClone(event)).toStrictEqual(expected)
    expect({ ...event.ops[1] }).toStrictEqual(expected.ops[1])
    expect(event).toStrictEqual(decodeFrame(frame))
    expect(event).not.toEqual(decodeFrame(commitFrame(made)))
    const record = { ...made.ops[0], cid: made.ops[1]!.cid }
    expect(event.ops).not.toEqual(decodeCommit(commitFrame(made, { ops: [record] })).ops)
  })

  test('shows its operations and their records in a log', () => {
    const event = decodeCommit(frame)
    const all = { depth: 4, sorted: true }
    expect(inspect(event, all)).toBe(inspect(expected, all))
    expect(inspect(event.ops[1], all)).toBe(inspect(expected.ops[1], all))
    expect(Object.keys(event.ops[1]!)).toEqual(Object.keys(expected.ops[1]!))
  })

  test('shows in a log what cannot be read of it', () => {
    const empty = commitFrame(made, { blocks: toLexBytes(encodeCar([], [])) })
    expect(inspect(decodeCommit(empty).ops[0])).toContain('record: null')
    const shown = inspect(decodeCommit(commitFrame(made, { ops: ['create'], seq: 7 })))
    expect(shown).toMatch(/FirehoseError.*invalid-frame/s)
    expect(shown).toContain('seq: 7')
  })

  test('gives the same operations and records each time', () => {
    const event = decodeCommit(frame)
    expect(event.ops).toBe(event.ops)
    expect(event.ops[0]!.record).toBe(event.ops[0]!.record)
  })

  test('is an event for the repository room to verify', async () => {
    const { inversion } = await verifyCommitEvent(decodeCommit(frame), { prevData: before })
    expect(inversion).toBe('verified')
  })

  test('uses the bytes of the frame without a copy, wherever they are in a buffer', () => {
    const shifted = concatBytes([Uint8Array.of(1, 2, 3), frame, Uint8Array.of(4)]).subarray(3, -1)
    const event = decodeCommit(shifted)
    expect(event).toEqual(expected)
    expect(event.blocks.buffer).toBe(shifted.buffer)
  })

  test('of an older server may lack what it has to compare with', () => {
    const ops = made.ops.map(({ action, path, cid }) => ({ action, path, cid }))
    const older = commitFrame(made, { ops, since: null, prevData: undefined })
    const event = decodeCommit(older)
    expect(event).toMatchObject({ since: null, prevData: null })
    expect(event.ops.map(({ prev }) => prev)).toEqual([null, null, null])
    expect(decodeCommit(commitFrame(made, { prevData: null })).prevData).toBeNull()
  })

  test('may have actions and fields that nobody knows', () => {
    const ops = [{ ...made.ops[0], action: 'rename', a: [{ b: 1 }], zzzzzzzz: { $link: before } }]
    const event = decodeCommit(commitFrame(made, { ops, aa: { deep: [[], {}] }, zzzzzzzzzz: -5 }))
    expect(event.ops[0]).toEqual({ ...expected.ops[0], action: 'rename' })
  })

  test('gives out the operations of wanted collections alone', () => {
    const collections = new CollectionFilter(['app.bsky.feed.like'])
    const event = decodeCommit(frame, { collections })
    expect(event.ops).toEqual([expected.ops[0]])
    expect(event.ops).toBe(event.ops)
  })

  test('gives no record that is missing, and says so', () => {
    const blocks = toLexBytes(encodeCar([repo.commit.cid], [repo.commit]))
    const event = decodeCommit(commitFrame(made, { blocks, seq: 9 }))
    expect(event.ops[0]!.record).toBeNull()
    expect(event.ops[0]!.fault).toMatchObject({ code: 'missing-record', seq: 9, did: DID })
    expect(event.ops[2]!.record).toBeNull()
  })

  test.each([
    ['a list', cborBlock([1])],
    ['bytes', cborBlock({ $bytes: 'AQ' })],
    ['no DAG-CBOR', rawBlock(Uint8Array.of(0xff))],
  ])('gives no record that is %s, and says so', (_, block) => {
    const ops = [{ ...made.ops[0], cid: { $link: block.cid } }]
    const blocks = toLexBytes(encodeCar([], [...readCar(made.blocks).blocks, block]))
    const event = decodeCommit(commitFrame(made, { ops, blocks }))
    expect(event.ops[0]!.fault).toMatchObject({ code: 'invalid-record', seq: 1, did: DID })
    expect(event.ops[0]!.record).toBeNull()
    expect(structuredClone({ ...event.ops[0] })).toMatchObject({ record: null })
  })

  test.each<[string, unknown]>([
    ['no path', [{ action: 'create', cid: null }]],
    ['a path without a collection', [{ action: 'create', path: 'self', cid: null }]],
    ['no action', [{ path: 'a/b', cid: null }]],
    ['no CID', [{ action: 'create', path: 'a/b' }]],
    ['a CID that is text', [{ action: 'create', path: 'a/b', cid: 'bafy' }]],
    ['a form that is not a map', ['create']],
  ])('says that an operation has %s when operations are read', (_, ops) => {
    const event = decodeCommit(commitFrame(made, { ops, seq: 7 }))
    const error = firehoseErrorOf(() => event.ops)
    expect(error).toMatchObject({ code: 'invalid-frame', seq: 7, did: DID })
  })
})

describe('messages of other types', () => {
  test.each<[string, object, object]>([
    ['#identity', { handle: 'a.test' }, { kind: 'identity', handle: 'a.test' }],
    ['#identity', {}, { kind: 'identity' }],
    ['#account', { active: true }, { kind: 'account', active: true }],
    [
      '#account',
      { active: false, status: 'resting' },
      { kind: 'account', active: false, status: 'resting' },
    ],
    ['#handle', { handle: 'a.test' }, { kind: 'handle', handle: 'a.test' }],
    ['#migrate', { migrateTo: null }, { kind: 'migrate', migrateTo: null }],
    ['#migrate', { migrateTo: 'https://a.test' }, { kind: 'migrate', migrateTo: 'https://a.test' }],
    ['#tombstone', {}, { kind: 'tombstone' }],
  ])('%s %j is a plain object', (t, fields, event) => {
    const decoded = decodeFrame(messageFrame(t, { ...fields, later: [1] }))
    expect(decoded).toStrictEqual({ seq: 1, did: DID, time: TIME, ...event })
  })

  test('#info has no place', () => {
    const info = { name: 'OutdatedCursor', message: 'too old' }
    expect(decodeFrame(frameOf({ op: 1, t: '#info' }, info))).toStrictEqual({
      kind: 'info',
      ...info,
    })
    expect(decodeFrame(frameOf({ op: 1, t: '#info' }, { name: 'New' }))).toStrictEqual({
      kind: 'info',
      name: 'New',
    })
  })

  test('#sync has blocks, which stay out of its JSON', () => {
    const blocks = encodeCar([repo.commit.cid], [repo.commit])
    const sync = messageFrame('#sync', { rev: made.rev, blocks: toLexBytes(blocks) })
    const event = decodeFrame(sync)
    const fields = { kind: 'sync', seq: 1, did: DID, time: TIME, rev: made.rev }
    expect(event).toMatchObject({ ...fields, blocks })
    expect(structuredClone(event)).toStrictEqual(fields)
  })

  test.each<[string, unknown, object]>([
    ['a type nobody knows', { op: 1, t: '#later' }, { t: '#later' }],
    ['an operation nobody knows', { op: 2, t: '#commit' }, { t: '#commit' }],
    ['an operation nobody knows, without a type', { op: -7 }, {}],
  ])('%s is unknown, with all that it has', (_, header, { t }: { t?: string }) => {
    const message = { seq: 5, did: DID, time: TIME, link: { $link: before } }
    expect(decodeFrame(frameOf(header, message))).toStrictEqual({
      kind: 'unknown',
      ...(t && { t }),
      seq: 5,
      did: DID,
      time: TIME,
      raw: { ...(t && { $type: `com.atproto.sync.subscribeRepos${t}` }), ...message },
    })
  })

  test('what is unknown need not have a place', () => {
    const message = { seq: 'x', did: 'x', time: 3 }
    expect(decodeFrame(frameOf({ op: 1, t: '#later' }, message))).toStrictEqual({
      kind: 'unknown',
      t: '#later',
      raw: { $type: 'com.atproto.sync.subscribeRepos#later', ...message },
    })
  })
})

describe('frames that are refused', () => {
  test('an error of the server says which', () => {
    const error = firehoseErrorOf(() =>
      decodeFrame(frameOf({ op: -1 }, { error: 'FutureCursor', message: 'not yet' })),
    )
    expect(error).toMatchObject({ code: 'error-frame', error: 'FutureCursor' })
    expect(error.message).toContain('not yet')
    expect(
      firehoseErrorOf(() => decodeFrame(frameOf({ op: -1 }, { error: 'ConsumerTooSlow' }))),
    ).toMatchObject({ code: 'error-frame', error: 'ConsumerTooSlow' })
  })

  test('too large', () => {
    const large = concatBytes([frame, new Uint8Array(MAX_FRAME_BYTES)])
    expect(firehoseErrorOf(() => decodeFrame(large))).toMatchObject({
      code: 'frame-too-large',
      seq: 1234,
      did: DID,
    })
  })

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a header alone', encodeCbor({ op: 1, t: '#commit' })],
    ['a header that is not a map', frameOf([1], {})],
    ['no operation', frameOf({ t: '#commit' }, {})],
    ['an operation that is text', frameOf({ op: '1', t: '#commit' }, {})],
    ['a message without a type', frameOf({ op: 1 }, {})],
    ['an error without a name', frameOf({ op: -1 }, { message: 'no' })],
    ['a message that is a list', frameOf({ op: 1, t: '#identity' }, [])],
    ['a message that is bytes', frameOf({ op: 1, t: '#identity' }, { $bytes: 'AQ' })],
    ['an unknown message that is null', frameOf({ op: 1, t: '#later' }, null)],
    ['a commit that is a list', frameOf({ op: 1, t: '#commit' }, [])],
    ['floats', concatBytes([encodeCbor({ op: 1, t: '#later' }), Uint8Array.of(0xf9, 0, 0)])],
  ])('%s', (_, bytes) => {
    expect(firehoseErrorOf(() => decodeFrame(bytes)).code).toBe('invalid-frame')
  })

  test.each<[string, object]>([
    ['seq', { seq: undefined }],
    ['seq', { seq: 0 }],
    ['seq', { seq: -1 }],
    ['seq', { seq: '1' }],
    ['repo', { repo: undefined }],
    ['repo', { repo: 'alice.test' }],
    ['time', { time: undefined }],
    ['time', { time: 3 }],
    ['rev', { rev: null }],
    ['since', { since: undefined }],
    ['since', { since: 3 }],
    ['ops', { ops: undefined }],
    ['ops', { ops: {} }],
    ['blocks', { blocks: undefined }],
    ['blocks', { blocks: 'text' }],
    ['commit', { commit: null }],
    ['commit', { commit: { $bytes: 'AQ' } }],
    ['prevData', { prevData: 'text' }],
  ])('a commit whose %s is wrong: %j', (field, fields) => {
    const error = firehoseErrorOf(() => decodeFrame(commitFrame(made, { seq: 77, ...fields })))
    expect(error).toMatchObject({
      code: 'invalid-frame',
      ...(field !== 'seq' && { seq: 77 }),
      ...(field !== 'repo' && { did: DID }),
    })
  })

  test.each<[string, object]>([
    ['#identity', { handle: 3 }],
    ['#identity', { did: 'x' }],
    ['#account', {}],
    ['#account', { active: 'yes' }],
    ['#account', { active: true, status: null }],
    ['#info', {}],
    ['#handle', {}],
    ['#migrate', {}],
    ['#sync', { rev: 'x' }],
    ['#sync', { rev: 'x', blocks: 'x' }],
    ['#sync', { blocks: { $bytes: 'AQ' } }],
  ])('%s with %j', (t, fields) => {
    const error = firehoseErrorOf(() => decodeFrame(messageFrame(t, { seq: 8, ...fields })))
    expect(error).toMatchObject({ code: 'invalid-frame', seq: 8 })
  })

  test('a commit with keys out of order, or twice', () => {
    const twice = (key: string): Uint8Array =>
      concatBytes([encodeCbor({ op: 1, t: '#commit' }), hostileMap(key)])
    expect(firehoseErrorOf(() => decodeFrame(twice('seq'))).message).toContain('key-order')
    expect(firehoseErrorOf(() => decodeFrame(twice('abc'))).message).toContain('key-order')
  })

  test('bytes behind the message, whatever it is', () => {
    for (const whole of [frame, messageFrame('#identity', {}), messageFrame('#later', {})]) {
      const error = firehoseErrorOf(() => decodeFrame(concatBytes([whole, Uint8Array.of(0)])))
      expect(error.code).toBe('invalid-frame')
      expect(error.message).toContain('trailing-bytes')
    }
  })

  test('what is not bytes is misuse', () => {
    expect(() => decodeFrame('frame' as unknown as Uint8Array)).toThrow(TypeError)
  })
})

describe('hostile bytes', () => {
  /** The code of what is thrown when all of a frame is decoded. Fails where that is no FirehoseError. */
  const codeOf = (bytes: Uint8Array): string => {
    try {
      return `${JSON.stringify(decodeFrame(bytes)).length} letters`
    } catch (error) {
      if (error instanceof FirehoseError) return error.code
      throw error
    }
  }

  test('a frame that is cut anywhere is refused, with its place once that is there', () => {
    const errors = Array.from({ length: frame.length }, (_, length) =>
      firehoseErrorOf(() => decodeFrame(frame.subarray(0, length))),
    )
    for (const { code } of errors) expect(code).toBe('invalid-frame')
    for (const error of errors.slice(-made.blocks.length)) {
      expect(error).toMatchObject({ seq: 1234, did: DID })
    }
  })

  test('frames with changed bytes are events or errors', () => {
    const others = ['#sync', '#identity', '#account', '#later'].map((t) =>
      messageFrame(t, {
        rev: made.rev,
        blocks: toLexBytes(made.blocks.subarray(0, 99)),
        active: true,
      }),
    )
    for (const whole of [frame, ...others]) {
      assert(
        property(
          integer({ min: 0, max: whole.length - 1 }),
          integer({ min: 0, max: 255 }),
          (at, byte) => {
            expect(codeOf(whole.with(at, byte))).toMatch(/letters|^(invalid|missing)-/)
          },
        ),
        { numRuns: 3_000 },
      )
    }
  })

  test('random bytes are refused, with or without a header', () => {
    const header = encodeCbor({ op: 1, t: '#commit' })
    assert(
      property(uint8Array({ maxLength: 300 }), (bytes) => {
        expect(codeOf(bytes)).toBe('invalid-frame')
        expect(codeOf(concatBytes([header, bytes]))).toBe('invalid-frame')
      }),
      { numRuns: 3_000 },
    )
  })

  test('lengths that nothing is behind are refused at once', () => {
    const header = encodeCbor({ op: 1, t: '#commit' })
    for (const major of [0x40, 0x60, 0x80, 0xa0, 0xc0]) {
      const head = Uint8Array.of(major | 27, 0, 0x1f, 255, 255, 255, 255, 255, 255)
      const field = concatBytes([Uint8Array.of(0xa1, 0x63), new TextEncoder().encode('ops'), head])
      for (const message of [head, field]) {
        expect(codeOf(concatBytes([header, message]))).toBe('invalid-frame')
      }
    }
  })

  test('lists in lists in lists are refused without an end of the stack', () => {
    const header = encodeCbor({ op: 1, t: '#commit' })
    const deep = new Uint8Array(1_000_000).fill(0x81)
    const field = concatBytes([Uint8Array.of(0xa1, 0x63), new TextEncoder().encode('ops'), deep])
    expect(codeOf(concatBytes([header, field]))).toBe('invalid-frame')
  })
})

/** A map with a key twice, and nothing else. */
function hostileMap(key: string): Uint8Array {
  const entry = concatBytes([Uint8Array.of(0x63), new TextEncoder().encode(key), Uint8Array.of(1)])
  return concatBytes([Uint8Array.of(0xa2), entry, entry])
}
