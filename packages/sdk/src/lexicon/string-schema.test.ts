import { assert, constantFrom, property, string as texts, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAtUri, isCidString, isDatetime, isDid, isHandle, isUri } from '../syntax/index.ts'
import { atUri, cid, datetime, did, handle, object, string, uri } from './index.ts'
import type { Schema } from './index.ts'

const codeOf = (schema: Schema<unknown>, value: unknown) =>
  schema.safeParse(value).issues?.map(({ code }) => code)[0]

describe('a string', () => {
  it('is refused where its limits are passed, each of which is inclusive', () => {
    const schema = string({ minLength: 2, maxLength: 8, minGraphemes: 2, maxGraphemes: 4 })
    expect(codeOf(schema, 'ab')).toBeUndefined()
    expect(codeOf(schema, 'abcd')).toBeUndefined()
    expect(codeOf(schema, '日ab')).toBeUndefined()
    expect(codeOf(schema, 'a')).toBe('too-short')
    expect(codeOf(schema, '日')).toBe('too-few-graphemes')
    expect(codeOf(schema, 'abcde')).toBe('too-many-graphemes')
    expect(codeOf(schema, '日日日')).toBe('too-long')
    expect(codeOf(schema, 5)).toBe('wrong-type')
  })

  it('is refused where it has a lone surrogate', () => {
    expect(codeOf(string(), '\uD800')).toBe('not-unicode')
    expect(codeOf(string(), '😀')).toBeUndefined()
  })

  it('has its format, and limits besides', () => {
    const schema = string({ format: did, maxLength: 12 })
    expect(codeOf(schema, 'did:plc:abcd')).toBeUndefined()
    expect(codeOf(schema, 'did:plc:abcde')).toBe('too-long')
    expect(codeOf(schema, 'alice')).toBe('invalid-format')
    expect(codeOf(uri, 'https://example.com')).toBeUndefined()
    expect(codeOf(uri, 1)).toBe('wrong-type')
  })
})

describe('the quick look at what most strings of a format are', () => {
  // Of the parts that valid strings are made of, in any number and with any text between.
  const nearly = (...parts: string[]) => {
    const part = tuple(constantFrom(...parts), texts({ maxLength: 1 }), constantFrom(0, 1, 1, 1))
    return tuple(part, part, part, part, part, part).map((list) =>
      list.map(([text, other, isPart]) => (isPart ? text : other)).join(''),
    )
  }

  // It is taken at the fields of objects.
  const isField = (schema: Schema<string>) => {
    const fields = object(undefined, () => ({ field: schema }))
    return (text: string) => fields.is({ field: text })
  }

  it('takes no AT URI that is none', () => {
    const isAtUriField = isField(atUri)
    const parts = nearly(
      'at://',
      'did:plc:abc23456',
      '/',
      'com.example.thing',
      '/',
      '3jzfc',
      '.',
      'x',
    )
    assert(
      property(parts, (text) => isAtUriField(text) === isAtUri(text)),
      { numRuns: 5000 },
    )
    for (const text of [
      'at://did:plc:abcd2345/com.example.thing/3jzfc',
      'at://did:plc:abcd2345/com.example.thing/.',
      'at://did:plc:abcd2345/com.example.thing/..',
      'at://did:plc:abcd2345/com.example/3jzfc',
      `at://did:plc:abcd2345/com.example.${'a'.repeat(64)}/3jzfc`,
      `at://did:plc:abcdefgh/a.b.${'c'.repeat(63)}/d`,
      `at://did:plc:abcdefgh/a.b.${'c'.repeat(64)}/d`,
      `at://did:plc:abcdefgh/${'a'.repeat(64)}.b.c/d`,
      `at://did:plc:abcd2345/${'a'.repeat(64)}.example.a/3`,
      `at://did:plc:abcd2345/com.example.thing/${'a'.repeat(513)}`,
    ]) {
      expect(isAtUriField(text), text).toBe(isAtUri(text))
    }
  })

  it('takes no datetime that is none', () => {
    const isDatetimeField = isField(datetime)
    const digits = ['0', '1', '2', '3', '9', '29', '31', '00']
    const parts = nearly('1985-04-12', 'T', '23:20:50', '.123', 'Z', '+01:00', ...digits)
    assert(
      property(parts, (text) => isDatetimeField(text) === isDatetime(text)),
      { numRuns: 5000 },
    )
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = `2023-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}T23:59:59.123Z`
        expect(isDatetimeField(text), text).toBe(isDatetime(text))
      }
    }
    for (const fraction of [1, 2, 3, 9, 10, 43, 44, 80]) {
      const text = `2023-01-01T00:00:00.${'1'.repeat(fraction)}Z`
      expect(isDatetimeField(text), text).toBe(isDatetime(text))
    }
  })

  it.each([
    ['DID', did, isDid, ['did:plc:', 'did:web:', 'abc23456', ':', '%']],
    ['handle', handle, isHandle, ['alice', '.', 'bsky.social', '-', '0', 'a'.repeat(63)]],
    ['CID', cid, isCidString, ['b', 'afy', 'baf', 'abc23456', '=', 'a'.repeat(128)]],
    ['URI', uri, isUri, ['https:', '//', 'example.com', ' ', 'a'.repeat(4090), 'ä']],
  ])('takes no %s that is none', (_, schema, is, examples) => {
    const isIt = isField(schema)
    assert(
      property(nearly(...examples), (text) => isIt(text) === is(text)),
      { numRuns: 5000 },
    )
  })
})
