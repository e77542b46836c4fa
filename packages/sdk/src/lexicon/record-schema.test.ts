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

  it('has them all told, in the order of its fields', () => {
    const { issues } = post.safeParse({ ...deep, createdAt: 'x', deletedAt: 1 })
    expect(issues?.map(({ path }) => path)).toEqual([
      ['parts', 0, 'by'],
      ['parts', 1, 'by'],
      ['createdAt'],
      ['deletedAt'],
    ])
  })

  it('is refused, and a good one accepted, however one asks', () => {
    const createdAt = '2024-02-28T00:00:00.000Z'
    const faulty = [undefined, 1, 'x', '2023-02-29T00:00:00.000Z']
    const values = [
      { ...deep, createdAt },
      { ...deep, parts: [], createdAt, deletedAt: 'x' },
      { ...deep, parts: [], createdAt, $type: 'com.example.other' },
      ...faulty.map((date) => ({ ...deep, parts: [], createdAt: date })),
    ]
    for (const value of values) {
      expect([post.is(value), post.safeParse(value).success]).toEqual([false, false])
    }
    for (const date of ['2024-02-29T00:00:00Z', createdAt]) {
      const value = { ...deep, parts: [], createdAt: date }
      expect([post.is(value), post.safeParse(value).success]).toEqual([true, true])
    }
  })
})
