import { assert, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firehoseErrorOf, frameOf } from '../../test/firehose/frames.ts'
import { concatBytes } from '../base/index.ts'
import { encodeCbor } from '../data/index.ts'
import { FirehoseError } from './firehose-error.ts'
import { MAX_FRAME_BYTES } from './frame.ts'
import { decodeLabelFrame } from './label-frame.ts'

const least = {
  src: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  uri: 'at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3l6oveex3ii2l',
  val: 'spam',
  cts: '2024-01-02T03:04:05.678Z',
}
const label = {
  ...least,
  ver: 1,
  cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
  neg: false,
  exp: '2025-01-02T03:04:05.678Z',
  sig: { $bytes: 'AQID' },
}

const labelsFrame = (message: object) => frameOf({ op: 1, t: '#labels' }, { seq: 7, ...message })

test('labels are plain values, with what they carry beside', () => {
  const labels = [label, least, { ...least, extra: [1] }]
  expect(decodeLabelFrame(labelsFrame({ labels }))).toStrictEqual({
    kind: 'labels',
    seq: 7,
    labels,
  })
})

test('there may be no labels, and something about the stream instead', () => {
  expect(decodeLabelFrame(labelsFrame({ labels: [] }))).toStrictEqual({
    kind: 'labels',
    seq: 7,
    labels: [],
  })
  const info = { name: 'OutdatedCursor', message: 'Gone' }
  expect(decodeLabelFrame(frameOf({ op: 1, t: '#info' }, info))).toStrictEqual({
    kind: 'info',
    ...info,
  })
})

test('what nobody knows is unknown', () => {
  const message = { seq: 8, labels: 'all' }
  expect(decodeLabelFrame(frameOf({ op: 1, t: '#later' }, message))).toStrictEqual({
    kind: 'unknown',
    t: '#later',
    seq: 8,
    raw: { $type: 'com.atproto.label.subscribeLabels#later', ...message },
  })
})

test('an error of the labeler is thrown with its name', () => {
  const frame = frameOf({ op: -1 }, { error: 'FutureCursor', message: 'not yet' })
  expect(firehoseErrorOf(() => decodeLabelFrame(frame))).toMatchObject({
    code: 'error-frame',
    error: 'FutureCursor',
  })
})

describe('refused, with the place in the stream', () => {
  test.each([
    ['no labels', {}],
    ['labels that are no list', { labels: label }],
    ['a label that is none', { labels: ['spam'] }],
    ['a source that is none', { labels: [{ ...label, src: 'alice.test' }] }],
    ['no subject', { labels: [{ ...label, uri: 1 }] }],
    ['no value', { labels: [{ ...label, val: null }] }],
    ['no time', { labels: [{ ...label, cts: 0 }] }],
    ['a CID that is a link', { labels: [{ ...label, cid: { $link: label.cid } }] }],
    ['an end that is no text', { labels: [{ ...label, exp: 1 }] }],
    ['a version that is text', { labels: [{ ...label, ver: '1' }] }],
    ['a negation that is a number', { labels: [{ ...label, neg: 1 }] }],
    ['a signature that is text', { labels: [{ ...label, sig: 'AQID' }] }],
    ['one bad label among others', { labels: [label, { ...label, val: 1 }, label] }],
  ])('%s', (_, message) => {
    const error = firehoseErrorOf(() => decodeLabelFrame(labelsFrame(message)))
    expect(error).toMatchObject({ code: 'invalid-frame', seq: 7 })
  })

  test('a frame that is too large, or longer than its message', () => {
    const frame = labelsFrame({ labels: [label] })
    const large = concatBytes([frame, new Uint8Array(MAX_FRAME_BYTES)])
    expect(firehoseErrorOf(() => decodeLabelFrame(large))).toMatchObject({
      code: 'frame-too-large',
      seq: 7,
    })
    const longer = concatBytes([frame, encodeCbor(1)])
    expect(firehoseErrorOf(() => decodeLabelFrame(longer))).toMatchObject({
      code: 'invalid-frame',
      seq: 7,
    })
  })
})

test('is given bytes', () => {
  expect(() => decodeLabelFrame('text' as never)).toThrow(TypeError)
})

test('whatever the bytes are, they are an event or a FirehoseError', () => {
  const frame = labelsFrame({ labels: [label, least] })
  const outcomeOf = (bytes: Uint8Array) => {
    try {
      return typeof decodeLabelFrame(bytes)
    } catch (error) {
      return error
    }
  }
  const isExpected = (bytes: Uint8Array) => {
    const outcome = outcomeOf(bytes)
    return outcome === 'object' || outcome instanceof FirehoseError
  }
  for (let end = 0; end < frame.length; end++) {
    expect(outcomeOf(frame.subarray(0, end))).toBeInstanceOf(FirehoseError)
  }
  const place = integer({ min: 0, max: frame.length - 1 })
  assert(
    property(place, integer({ min: 0, max: 255 }), (at, byte) => {
      return isExpected(Uint8Array.from(frame, (before, i) => (i === at ? byte : before)))
    }),
    { numRuns: 2_000 },
  )
  assert(property(uint8Array({ maxLength: 64 }), isExpected), { numRuns: 1_000 })
})
