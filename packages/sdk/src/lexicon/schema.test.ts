import { describe, expect, it, test } from 'vitest'
import { thrownBy } from '../../test/thrown.ts'
import {
  array,
  integer,
  lazy,
  nullable,
  object,
  optional,
  string,
  union,
  ValidationError,
} from './index.ts'
import type { Schema } from './index.ts'

interface Thing {
  $type?: 'com.example.thing#view'
  name: string
  size?: number | undefined
  parts?: (Thing | null)[] | undefined
}

const thing: Schema<Thing> = object('com.example.thing#view', () => ({
  name: string({ maxLength: 5 }),
  size: optional(integer({ minimum: 1 })),
  parts: optional(array(nullable(thing))),
}))

describe('a schema', () => {
  it('tells its values from others', () => {
    expect(thing.is({ name: 'a', parts: [null, { name: 'b' }] })).toBe(true)
    expect(thing.is({ name: 'a', parts: [undefined] })).toBe(false)
    expect(thing.is([])).toBe(false)
    expect(thing.is(null)).toBe(false)
  })

  it('gives a valid value back as it is', () => {
    const value = Object.freeze({ name: 'a', other: 1.5 })
    expect(thing.parse(value)).toBe(value)
    expect(thing.safeParse(value)).toEqual({ success: true, value })
  })

  it('says everything that is wrong, and where', () => {
    const { issues } = thing.safeParse({ size: 0, parts: [{ name: 'a' }, { name: 1, parts: 2 }] })
    expect(issues).toEqual([
      { code: 'too-small', path: ['size'], message: 'expected at least 1' },
      { code: 'wrong-type', path: ['parts', 1, 'name'], message: 'expected a string' },
      { code: 'wrong-type', path: ['parts', 1, 'parts'], message: 'expected an array' },
      { code: 'missing', path: ['name'], message: 'expected this field' },
    ])
  })

  it('stops at the first fault where nobody reads the others', () => {
    const { issues } = thing.safeParse({ size: 0, parts: 3 }, { firstOnly: true })
    expect(issues?.map(({ code }) => code)).toEqual(['too-small'])
  })

  it('gathers no more than 100 issues of a hostile value', () => {
    const { issues } = thing.safeParse({ name: 'a', parts: Array.from({ length: 5000 }, () => 1) })
    expect(issues).toHaveLength(100)
    expect(issues?.[99]?.path).toEqual(['parts', 99])
  })

  it('throws an error that names the field', () => {
    const error = thrownBy(ValidationError, () => thing.parse({ name: 'too long', size: 0 }))
    expect(error.message).toBe(
      'com.example.thing#view at name: expected at most 5 bytes (and 1 more)',
    )
    expect(error).toMatchObject({ code: 'too-long', path: ['name'] })
    expect(error.issues).toHaveLength(2)
  })

  it('is one of Standard Schema', () => {
    const { version, vendor, validate } = thing['~standard']
    expect([version, vendor]).toEqual([1, 'atproto.ts'])
    expect(validate({ name: 'a' })).toMatchObject({ value: { name: 'a' } })
    expect(validate({ name: 1 })).toMatchObject({
      issues: [{ message: 'expected a string', path: ['name'] }],
    })
  })
})

describe('strictness', () => {
  const strict = { strict: true }

  it('refuses fields that the lexicon does not name, but for those of the protocol', () => {
    const value = { name: 'a', $future: 1, other: 1 }
    expect(thing.is(value)).toBe(true)
    expect(thing.safeParse(value, strict).issues).toEqual([
      { code: 'unknown-field', path: ['other'], message: 'expected no field of this name' },
    ])
  })

  it('refuses members of a union that it does not name', () => {
    const open = union([thing])
    expect(open.is({ $type: 'com.example.new', any: 1 })).toBe(true)
    expect(open.safeParse({ $type: 'com.example.new' }, strict).issues).toMatchObject([
      { code: 'unknown-member', path: ['$type'] },
    ])
  })
})

describe('hostile values', () => {
  test('a nesting over 128 levels is a fault, not an overflow', () => {
    let value: unknown = { name: 'a' }
    for (let i = 0; i < 63; i++) value = { name: 'a', parts: [value] }
    expect(thing.is(value)).toBe(true)
    value = { name: 'a', parts: [value] }
    value = { name: 'a', parts: [value] }
    expect(thing.safeParse(value).issues).toMatchObject([{ code: 'too-deep' }])
  })

  test('so is a value that holds itself', () => {
    const cyclic: Record<string, unknown> = { name: 'a' }
    cyclic['parts'] = [cyclic]
    expect(thing.safeParse(cyclic).issues).toMatchObject([{ code: 'too-deep' }])
  })

  test('what Object.prototype has is no field, and no fault', () => {
    const names = object<object>(undefined, () => ({
      constructor: optional(string()),
      toString: optional(string()),
      ['__proto__']: optional(string()),
    }))
    expect(names.is({})).toBe(true)
    expect(names.is(JSON.parse('{"__proto__":"text"}'))).toBe(true)
    expect(names.is(JSON.parse('{"__proto__":1}'))).toBe(false)
    expect(names.is({ constructor: 1 })).toBe(false)
    expect(object(undefined, () => ({ constructor: string() })).is({})).toBe(false)
  })

  test('a $type like a name of Object.prototype is unknown', () => {
    expect(union([thing], { closed: true }).is({ $type: 'constructor' })).toBe(false)
    expect(union([thing]).is({ $type: 'toString' })).toBe(true)
  })

  test('a getter is read once', () => {
    let reads = 0
    const value = {
      get name() {
        reads++
        return 'a'
      },
    }
    expect(thing.safeParse(value).success).toBe(true)
    expect(reads).toBe(1)
  })
})

test('schemas of modules that import one another are made when they are needed', () => {
  const first: Schema<unknown> = lazy(() => array(second))
  const second: Schema<unknown> = lazy(() => nullable(first))
  expect(first.is([null, [null, []]])).toBe(true)
  expect(first.safeParse([null, [1]]).issues).toMatchObject([{ path: [1, 0] }])
})
