import { describe, expect, it } from 'vitest'
import { thrownBy } from '../../test/thrown.ts'
import { LexiconError, Lexicons, ValidationError } from './index.ts'

const THING = {
  lexicon: 1,
  id: 'com.example.thing',
  defs: {
    main: {
      type: 'record',
      key: 'literal:self',
      record: {
        type: 'object',
        required: ['name'],
        nullable: ['part'],
        properties: {
          name: { type: 'string', maxLength: 5 },
          part: { type: 'ref', ref: 'com.example.defs#part' },
          members: { type: 'array', items: { type: 'union', refs: ['com.example.defs#part'] } },
          labels: { type: 'ref', ref: 'com.example.defs#labels' },
          missing: { type: 'ref', ref: 'com.example.absent' },
          method: { type: 'ref', ref: 'com.example.getThing' },
        },
      },
    },
  },
}

const DEFS = {
  lexicon: 1,
  id: 'com.example.defs',
  defs: {
    part: { type: 'object', properties: { thing: { type: 'ref', ref: 'com.example.thing' } } },
    labels: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
  },
}

const GET_THING = {
  lexicon: 1,
  id: 'com.example.getThing',
  defs: {
    main: {
      type: 'query',
      parameters: {
        type: 'params',
        required: ['name'],
        properties: { name: { type: 'string' }, limit: { type: 'integer', default: 5 } },
      },
      output: {
        encoding: 'application/json',
        schema: { type: 'ref', ref: 'com.example.defs#part' },
      },
    },
  },
}

const PUT_THING = {
  lexicon: 1,
  id: 'com.example.putThing',
  defs: { main: { type: 'procedure', input: { encoding: 'image/png' } } },
}

const WATCH = {
  lexicon: 1,
  id: 'com.example.watch',
  defs: {
    main: { type: 'subscription', message: { schema: { type: 'union', refs: ['#event'] } } },
    event: { type: 'object', required: ['seq'], properties: { seq: { type: 'integer' } } },
  },
}

const lexicons = new Lexicons([THING, DEFS, GET_THING, PUT_THING, WATCH])
const faultOf = (run: () => unknown) => {
  const { code, path } = thrownBy(ValidationError, run)
  return [code, path.join('.')]
}

describe('a set of lexicons', () => {
  it('validates records, over references between documents in circles', () => {
    const thing = { $type: 'com.example.thing', name: 'a' }
    const value = { ...thing, part: { thing: { ...thing, part: null } }, labels: ['a'] }
    expect(lexicons.validateRecord('com.example.thing', value)).toBe(value)
    expect(lexicons.record('com.example.thing').key).toBe('literal:self')
  })

  it.each<[object, string, string]>([
    [{ name: 'a' }, 'missing', '$type'],
    [{ $type: 'com.example.other', name: 'a' }, 'wrong-record-type', '$type'],
    [{ $type: 'com.example.thing', name: 'abcdef' }, 'too-long', 'name'],
    [
      { $type: 'com.example.thing', name: 'a', part: { thing: { name: 'a' } } },
      'missing',
      'part.thing.$type',
    ],
    [
      {
        $type: 'com.example.thing',
        name: 'a',
        members: [{ $type: 'com.example.defs#part', thing: 1 }],
      },
      'wrong-type',
      'members.0.thing',
    ],
    [{ $type: 'com.example.thing', name: 'a', labels: ['c'] }, 'wrong-value', 'labels.0'],
  ])('refuses the record %j', (value, code, path) => {
    expect(faultOf(() => lexicons.validateRecord('com.example.thing', value))).toEqual([code, path])
  })

  it('validates what goes in and out of methods', () => {
    expect(lexicons.validateXrpcParams('com.example.getThing', { name: 'a' })).toEqual({
      name: 'a',
    })
    const query = new URLSearchParams('name=a')
    expect(lexicons.params('com.example.getThing').parseQuery(query)).toEqual({
      name: 'a',
      limit: 5,
    })
    expect(lexicons.params('com.example.watch').is({})).toBe(true)
    expect(faultOf(() => lexicons.validateXrpcParams('com.example.getThing', {}))[1]).toBe('name')
    expect(lexicons.validateXrpcOutput('com.example.getThing', {})).toEqual({})
    expect(
      faultOf(() => lexicons.validateXrpcOutput('com.example.getThing', { thing: 1 })),
    ).toEqual(['wrong-type', 'thing'])
  })

  it('takes anything for a body that is not described, and nothing for one that is not there', () => {
    const bytes = new Uint8Array(3)
    expect(lexicons.validateXrpcInput('com.example.putThing', bytes)).toBe(bytes)
    expect(lexicons.validateXrpcOutput('com.example.putThing', undefined)).toBeUndefined()
    expect(faultOf(() => lexicons.validateXrpcOutput('com.example.putThing', {}))[0]).toBe(
      'wrong-type',
    )
  })

  it('validates messages of streams, by their full $type', () => {
    const message = { $type: 'com.example.watch#event', seq: 1 }
    expect(lexicons.validateXrpcMessage('com.example.watch', message)).toBe(message)
    expect(
      faultOf(() => lexicons.validateXrpcMessage('com.example.watch', { ...message, seq: 'a' })),
    ).toEqual(['wrong-type', 'seq'])
  })

  it.each<[string, () => unknown]>([
    ['a collection', () => lexicons.validateRecord('com.example.absent', {})],
    ['a name of Object.prototype', () => lexicons.validateRecord('constructor', {})],
    ['a method', () => lexicons.validateXrpcOutput('com.example.thing', {})],
    ['input of a query', () => lexicons.validateXrpcInput('com.example.getThing', {})],
    ['a document without main', () => lexicons.record('com.example.defs')],
  ])('says that it does not know %s', (_, run) => {
    const error = thrownBy(LexiconError, run)
    expect(error.code).toBe('unknown-lexicon')
    expect(error).not.toBeInstanceOf(ValidationError)
  })

  it.each(['missing', 'method'])(
    'says that the reference of the field %s leads nowhere',
    (field) => {
      const value = { $type: 'com.example.thing', name: 'a', [field]: {} }
      const error = thrownBy(LexiconError, () =>
        lexicons.validateRecord('com.example.thing', value),
      )
      expect(error.code).toBe('unresolved-ref')
    },
  )

  it('takes a new document in the place of the old one, for those that refer to it too', () => {
    const set = new Lexicons([THING, DEFS])
    const value = { $type: 'com.example.thing', name: 'a', labels: ['c'] }
    expect(set.record('com.example.thing').is(value)).toBe(false)
    set.add({
      ...DEFS,
      defs: { ...DEFS.defs, labels: { type: 'array', items: { type: 'string' } } },
    })
    expect(set.record('com.example.thing').is(value)).toBe(true)
    expect([...set].map(({ id }) => id)).toEqual(['com.example.thing', 'com.example.defs'])
    expect(set.get('com.example.defs')?.defs['labels']).toEqual({
      type: 'array',
      items: { type: 'string' },
    })
  })

  it('refuses a document that is not valid', () => {
    const error = thrownBy(LexiconError, () => new Lexicons([{ ...DEFS, id: 'no nsid' }]))
    expect(error.path).toEqual(['id'])
  })
})
