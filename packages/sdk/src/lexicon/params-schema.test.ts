import { describe, expect, it } from 'vitest'
import { array, boolean, did, integer, oneOf, optional, parameters, string } from './index.ts'

interface Params {
  actor: string
  limit?: number
  tags?: string[]
  sizes?: number[]
  all?: boolean
  order?: 'up' | 'down'
}

const schema = parameters<Params>(() => ({
  actor: did,
  limit: optional(integer({ minimum: 1, maximum: 100 }), 50),
  tags: optional(array(string())),
  sizes: optional(array(integer(), { maxLength: 2 })),
  all: optional(boolean),
  order: optional(oneOf('up', 'down')),
}))

const read = (query: string, options?: object) =>
  schema.safeParseQuery(new URLSearchParams(query), options)

describe('parameters', () => {
  it('are read from a query string as what they are', () => {
    const query = 'actor=did:plc:a&limit=10&tags=x&tags=7&sizes=7&all=false&order=up'
    expect(schema.parseQuery(new URLSearchParams(query))).toEqual({
      actor: 'did:plc:a',
      limit: 10,
      tags: ['x', '7'],
      sizes: [7],
      all: false,
      order: 'up',
    })
  })

  it('have their defaults where the query string does not have them', () => {
    expect(read('actor=did:plc:a')).toEqual({
      success: true,
      value: { actor: 'did:plc:a', limit: 50 },
    })
  })

  it.each([
    ['limit=1', 'missing', ['actor']],
    ['actor=alice', 'invalid-format', ['actor']],
    ['actor=did:plc:a&limit=0', 'too-small', ['limit']],
    ['actor=did:plc:a&limit=1.5', 'wrong-type', ['limit']],
    ['actor=did:plc:a&limit=', 'wrong-type', ['limit']],
    ['actor=did:plc:a&limit=1&limit=2', 'wrong-type', ['limit']],
    ['actor=did:plc:a&limit=99999999999999999999', 'wrong-type', ['limit']],
    ['actor=did:plc:a&all=1', 'wrong-type', ['all']],
    ['actor=did:plc:a&all=true&all=false', 'wrong-type', ['all']],
    ['actor=did:plc:a&sizes=1&sizes=x', 'wrong-type', ['sizes', 1]],
    ['actor=did:plc:a&sizes=1&sizes=2&sizes=3', 'too-long', ['sizes']],
    ['actor=did:plc:a&order=left', 'wrong-value', ['order']],
  ])('of %s are refused', (query, code, path) => {
    expect(read(query).issues).toMatchObject([{ code, path }])
  })

  it('leave out what the lexicon does not know, or refuse it', () => {
    expect(read('actor=did:plc:a&__proto__=1&x=2')).toMatchObject({
      value: { actor: 'did:plc:a', limit: 50 },
    })
    expect(read('actor=did:plc:a&x=2', { strict: true }).issues).toMatchObject([
      { code: 'unknown-field', path: ['x'] },
    ])
  })

  it('are checked as an object as well', () => {
    expect(schema.is({ actor: 'did:plc:a', limit: 3 })).toBe(true)
    expect(schema.is({ actor: 'did:plc:a', limit: '3' })).toBe(false)
  })
})
