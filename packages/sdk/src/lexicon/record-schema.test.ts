import { describe, expect, it } from 'vitest'
import { array, datetime, did, object, optional, record, string } from './index.ts'

interface Thing {
  $type?: 'com.example.thing'
  name: string
}

const thing = record<Thing>('com.example.thing', 'tid', () => ({ name: string() }))

describe('the schema of a collection', () => {
  it('says which collection it is, and what its keys are', () => {
    expect([thing.nsid, thing.key]).toEqual(['com.example.thing', 'tid'])
  })

  it('asks for the $type of the collection', () => {
    expect(thing.is({ $type: 'com.example.thing', name: 'a' })).toBe(true)
    expect(thing.safeParse({ name: 'a' }).issues).toMatchObject([
      { code: 'missing', path: ['$type'] },
    ])
    expect(thing.safeParse({ $type: 'com.example.thing#main', name: 'a' }).issues).toMatchObject([
      { code: 'wrong-record-type', path: ['$type'] },
    ])
  })

  it('tells its records from others by nothing but their $type', () => {
    expect(thing.isTypeOf({ $type: 'com.example.thing' })).toBe(true)
    expect(thing.isTypeOf({ $type: 'com.example.other', name: 'a' })).toBe(false)
    expect(thing.isTypeOf('com.example.thing')).toBe(false)
  })
})

describe('a record with several faults', () => {
  const post = record('com.example.post', 'tid', () => ({
    parts: array(object(undefined, () => ({ by: did }))),
    createdAt: datetime,
    deletedAt: optional(datetime),
  }))
  const deep = { $type: 'com.example.post', parts: [{ by: 'a' }, { by: 'b' }] }
  const pathsOf = (value: unknown, firstOnly: boolean) =>
    post.safeParse(value, { firstOnly }).issues?.map(({ path }) => path)

  it('lacks a field, or has one that is not of its format, before it has faults that lie deeper', () => {
    expect(pathsOf(deep, true)).toEqual([['createdAt']])
    expect(pathsOf({ ...deep, createdAt: 'x' }, true)).toEqual([['createdAt']])
    expect(pathsOf({ ...deep, createdAt: '2024-02-29T00:00:00Z', deletedAt: 'x' }, true)).toEqual([
      ['parts', 0, 'by'],
    ])
  })

  it('has them all, in the order of its fields', () => {
    expect(pathsOf({ ...deep, createdAt: 'x', deletedAt: 1 }, false)).toEqual([
      ['parts', 0, 'by'],
      ['parts', 1, 'by'],
      ['createdAt'],
      ['deletedAt'],
    ])
  })

  it('is none, however it is asked', () => {
    for (const createdAt of [undefined, 1, 'x', '2023-02-29T00:00:00.000Z']) {
      const value = { $type: 'com.example.post', parts: [], createdAt }
      expect([post.is(value), post.safeParse(value).success]).toEqual([false, false])
    }
    for (const createdAt of ['2024-02-29T00:00:00Z', '2024-02-28T00:00:00.000Z']) {
      const value = { $type: 'com.example.post', parts: [], createdAt }
      expect([post.is(value), post.safeParse(value).success]).toEqual([true, true])
    }
  })
})
