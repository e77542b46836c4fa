import { describe, expect, it } from 'vitest'
import { record, string } from './index.ts'

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
