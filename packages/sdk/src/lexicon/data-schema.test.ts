import { assert, constantFrom, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cidForCbor, cidForRaw, isLexValue, toLexBytes } from '../data/index.ts'
import { blob, bytes, cidLink, unknown } from './index.ts'
import type { Schema } from './index.ts'

const codeOf = (schema: Schema<unknown>, value: unknown, options = {}) =>
  schema.safeParse(value, options).issues?.map(({ code, path }) => [code, ...path].join(' '))[0]

const RAW = cidForRaw(new Uint8Array([1]))
const REF = { $type: 'blob', ref: { $link: RAW }, mimeType: 'image/png', size: 5 }

describe('bytes', () => {
  it('have limits in bytes, whatever their padding', () => {
    assert(
      property(uint8Array({ maxLength: 9 }), (data) => {
        const schema = bytes({ minLength: 3, maxLength: 6 })
        expect(schema.is(toLexBytes(data))).toBe(data.length >= 3 && data.length <= 6)
        const padded = { $bytes: Buffer.from(data).toString('base64') }
        expect(schema.is(padded)).toBe(schema.is(toLexBytes(data)))
      }),
    )
    expect(codeOf(bytes({ minLength: 1 }), { $bytes: '' })).toBe('too-short')
    expect(codeOf(bytes({ maxLength: 1 }), { $bytes: 'AAAA' })).toBe('too-long')
  })

  it.each([
    null,
    'AAAA',
    [],
    {},
    { $bytes: 1 },
    { $bytes: 'A' },
    { $bytes: 'A-_A' },
    { $bytes: 'AAAA', a: 1 },
  ])('are not %j', (value) => {
    expect(codeOf(bytes(), value)).toBe('wrong-type')
  })
})

describe('a link', () => {
  it('is what the data model says it is', () => {
    for (const cid of [RAW, cidForCbor({}), cidForCbor({ a: 1 })]) {
      expect(cidLink.is({ $link: cid })).toBe(true)
    }
    const letters = string({ unit: constantFrom('a', 'b', 'e', 'q', 'z', '2', '7', '1', 'A') })
    assert(
      property(letters, constantFrom(...Array(59).keys()), (text, at) => {
        const value = {
          $link: (RAW.slice(0, at) + text + RAW.slice(at + text.length)).slice(0, 59),
        }
        expect(cidLink.is(value)).toBe(isLexValue(value))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    null,
    RAW,
    {},
    { $link: 1 },
    { $link: '' },
    { $link: RAW, a: 1 },
    { $link: `${RAW}\n` },
  ])('is not %j', (value) => {
    expect(codeOf(cidLink, value)).toBe('wrong-type')
  })
})

describe('a blob', () => {
  it('is of a type that is accepted, and no larger than allowed', () => {
    const schema = blob({ accept: ['image/*', 'video/mp4'], maxSize: 5 })
    for (const mimeType of ['image/png', 'video/mp4', 'IMAGE/PNG', 'video/mp4; codecs=avc1']) {
      expect(codeOf(schema, { ...REF, mimeType }), mimeType).toBeUndefined()
    }
    for (const mimeType of ['imagex/png', 'video/mp4x', 'text/plain', 'image']) {
      expect(codeOf(schema, { ...REF, mimeType }), mimeType).toBe('not-accepted mimeType')
    }
    expect(codeOf(schema, { ...REF, size: 6 })).toBe('too-large size')
    expect(blob({ accept: ['*/*'] }).is(REF)).toBe(true)
  })

  it.each([
    null,
    {},
    { ...REF, $type: 'image' },
    { ...REF, size: 0 },
    { ...REF, size: 1.5 },
    { ...REF, mimeType: '' },
    { ...REF, ref: RAW },
  ])('is not %j', (value) => {
    expect(codeOf(blob(), value)).toBe('wrong-type')
  })

  it('has its old form where that is asked for', () => {
    const old = { cid: RAW, mimeType: 'image/png' }
    const schema = blob({ accept: ['image/*'], maxSize: 5 })
    expect(codeOf(schema, old)).toBe('wrong-type')
    expect(codeOf(schema, old, { legacyBlobs: true })).toBeUndefined()
    expect(codeOf(schema, REF, { legacyBlobs: true })).toBeUndefined()
    expect(codeOf(schema, { ...old, mimeType: 'a/b' }, { legacyBlobs: true })).toBe(
      'not-accepted mimeType',
    )
    expect(codeOf(schema, { ...old, cid: 1 }, { legacyBlobs: true })).toBe('wrong-type')
  })
})

describe('an unknown object', () => {
  it.each([
    {},
    { $type: 'com.example.thing', a: [null, true, 1, 'text', { b: [] }], none: undefined },
    { link: { $link: RAW }, bytes: { $bytes: 'AAAA' }, list: [REF] },
    { $link: undefined, $bytes: undefined },
  ])('may be %j', (value) => {
    expect(codeOf(unknown, value)).toBeUndefined()
  })

  it.each([null, 'text', 1, true, [], { $link: RAW }, { $bytes: 'AAAA' }, REF])(
    'is not %j',
    (value) => {
      expect(codeOf(unknown, value)).toBe('wrong-type')
    },
  )

  it('may hold anything, as it is not looked at', () => {
    const value: Record<string, unknown> = { float: 1.5, text: '\uD800', link: { $link: 'b' } }
    value['itself'] = value
    expect(codeOf(unknown, value)).toBeUndefined()
  })
})
