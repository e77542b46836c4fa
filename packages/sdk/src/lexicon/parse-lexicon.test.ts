import { describe, expect, it } from 'vitest'
import { thrownBy } from '../../test/thrown.ts'
import { LexiconError, parseLexicon } from './index.ts'

const parse = (defs: object) => parseLexicon({ lexicon: 1, id: 'com.example.thing', defs })

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })
const record = (properties: object, more: object = {}) => ({
  main: { type: 'record', key: 'tid', record: object(properties, more) },
})
const faultOf = (defs: object) => {
  const { code, path } = thrownBy(LexiconError, () => parse(defs))
  return [code, path.join('.')]
}

describe('parseLexicon', () => {
  it('gives a valid document back as it is, with what it holds besides', () => {
    const document = {
      $type: 'com.atproto.lexicon.schema',
      lexicon: 1,
      id: 'com.example.thing',
      revision: 3,
      defs: { main: { type: 'token', other: [] } },
    }
    expect(parseLexicon(document)).toBe(document)
  })

  it('says everything that is wrong with the parts of a document, and where', () => {
    const { issues, message } = thrownBy(LexiconError, () =>
      parseLexicon({
        lexicon: 2,
        id: 'com.example.thing',
        defs: { main: object({ a: { type: 'float' }, b: { type: 'string', maxLength: -1 } }) },
      }),
    )
    expect(issues.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['wrong-value', 'lexicon'],
      ['misplaced', 'defs.main.properties.a.type'],
      ['too-small', 'defs.main.properties.b.maxLength'],
    ])
    expect(message).toBe('com.example.thing at lexicon: expected 1 (and 2 more)')
  })

  it('stops at the first fault where nobody reads the others', () => {
    const document = { lexicon: 2, id: 'x', defs: {} }
    const error = thrownBy(LexiconError, () => parseLexicon(document, { firstOnly: true }))
    expect(error.issues).toHaveLength(1)
  })

  it.each([undefined, null, 1, 'text', [], {}, { lexicon: 1, id: 'com.example.thing' }])(
    'refuses %j',
    (json) => {
      expect(() => parseLexicon(json)).toThrow(LexiconError)
    },
  )
})

describe('a definition is refused', () => {
  it.each<[string, object, string, string]>([
    ['of no kind', { a: { type: 'params' } }, 'misplaced', 'defs.a.type'],
    ['that is a ref', { a: { type: 'ref', ref: '#b' } }, 'misplaced', 'defs.a.type'],
    ['that is a union', { a: { type: 'union', refs: [] } }, 'misplaced', 'defs.a.type'],
    ['under a name with a dot', { 'a.b': { type: 'token' } }, 'misplaced', 'defs.a.b'],
    ['where there is none', {}, 'missing', 'defs'],
    [
      'that is a record but not main',
      { a: { type: 'record', key: 'any', record: object({}) } },
      'misplaced',
      'defs.a',
    ],
    [
      'with a record key of no kind',
      { main: { type: 'record', key: 'literal:a/b', record: object({}) } },
      'invalid-format',
      'defs.main.key',
    ],
    [
      'with a record that is no object',
      { main: { type: 'record', key: 'any', record: { type: 'string' } } },
      'wrong-value',
      'defs.main.record.type',
    ],
    ['without properties', { a: { type: 'object' } }, 'missing', 'defs.a.properties'],
    [
      'that requires a property it does not have',
      { a: object({}, { required: ['toString'] }) },
      'missing',
      'defs.a.required',
    ],
    [
      'with a nullable property it does not have',
      { a: object({}, { nullable: ['b'] }) },
      'missing',
      'defs.a.nullable',
    ],
    [
      'with a property that only the protocol may have',
      { a: object({ $type: { type: 'string' } }) },
      'misplaced',
      'defs.a.properties.$type',
    ],
    [
      'with a token as a property',
      { a: object({ b: { type: 'token' } }) },
      'misplaced',
      'defs.a.properties.b.type',
    ],
    [
      'that is a query with input',
      { main: { type: 'query', input: { encoding: 'a/b' } } },
      'misplaced',
      'defs.main.input',
    ],
    [
      'with a body that is an array',
      {
        main: {
          type: 'query',
          output: { encoding: 'application/json', schema: { type: 'array' } },
        },
      },
      'misplaced',
      'defs.main.output.schema.type',
    ],
    [
      'with an encoding that is no MIME type',
      { main: { type: 'query', output: { encoding: 'json' } } },
      'invalid-format',
      'defs.main.output.encoding',
    ],
    [
      'with an error whose name has a space',
      { main: { type: 'query', errors: [{ name: 'Not Found' }] } },
      'invalid-format',
      'defs.main.errors.0.name',
    ],
    [
      'with parameters that are objects',
      {
        main: { type: 'query', parameters: { type: 'params', properties: { a: object({}) } } },
      },
      'misplaced',
      'defs.main.parameters.properties.a.type',
    ],
    [
      'that is a subscription without messages',
      { main: { type: 'subscription' } },
      'missing',
      'defs.main.message',
    ],
    [
      'with messages that are no union',
      { main: { type: 'subscription', message: { schema: object({}) } } },
      'wrong-value',
      'defs.main.message.schema.type',
    ],
  ])('%s', (_, defs, code, path) => {
    expect(faultOf(defs)).toEqual([code, path])
  })
})

describe('a schema is refused that no value can meet', () => {
  const image = ['image/png', 'image/*', '*/*']
  it.each<[object, string]>([
    [{ type: 'string', minLength: 2, maxLength: 1 }, 'contradiction'],
    [{ type: 'string', minGraphemes: 2, maxGraphemes: 1 }, 'contradiction'],
    [{ type: 'string', enum: [] }, 'too-short'],
    [{ type: 'string', enum: ['abc'], maxLength: 2 }, 'contradiction'],
    [{ type: 'string', enum: ['a'], const: 'b' }, 'contradiction'],
    [{ type: 'string', enum: ['a'], knownValues: ['b'] }, 'contradiction'],
    [{ type: 'string', knownValues: ['a'], format: 'did' }, 'contradiction'],
    [{ type: 'string', default: 'a', format: 'did' }, 'contradiction'],
    [{ type: 'string', const: 'a', default: 'a' }, 'contradiction'],
    [{ type: 'string', format: '(a+)+$' }, 'wrong-value'],
    [{ type: 'string', format: 'toString' }, 'wrong-value'],
    [{ type: 'integer', minimum: 2, maximum: 1 }, 'contradiction'],
    [{ type: 'integer', minimum: 2, default: 1 }, 'contradiction'],
    [{ type: 'integer', enum: [1, 5], maximum: 3 }, 'contradiction'],
    [{ type: 'integer', maximum: 1.5 }, 'wrong-type'],
    [{ type: 'boolean', const: true, default: true }, 'contradiction'],
    [{ type: 'boolean', default: 'yes' }, 'wrong-type'],
    [{ type: 'bytes', minLength: 2, maxLength: 1 }, 'contradiction'],
    [{ type: 'array', items: { type: 'string' }, minLength: 2, maxLength: 1 }, 'contradiction'],
    [{ type: 'array' }, 'missing'],
    [{ type: 'blob', accept: ['image/p*'] }, 'invalid-format'],
    [{ type: 'blob', accept: ['*'] }, 'invalid-format'],
    [{ type: 'blob', maxSize: -1 }, 'too-small'],
    [{ type: 'union', refs: [], closed: true }, 'contradiction'],
    [{ type: 'union' }, 'missing'],
    [{ type: 'ref', ref: 'com.example' }, 'invalid-format'],
    [{ type: 'ref', ref: 'com.example.a#' }, 'invalid-format'],
    [{ type: 'ref', ref: 'com.example.a#b#c' }, 'invalid-format'],
    [{ type: 'ref', ref: '' }, 'invalid-format'],
  ])('%j', (schema, code) => {
    expect(faultOf(record({ field: schema }))[0]).toBe(code)
  })

  it('and others are not', () => {
    const fields = {
      a: { type: 'string', enum: ['a', 'b'], knownValues: ['a'], default: 'b' },
      b: { type: 'string', format: 'did', const: 'did:plc:a', maxLength: 100 },
      c: { type: 'integer', minimum: 1, maximum: 1, enum: [1], default: 1 },
      d: { type: 'blob', accept: image, maxSize: 0 },
      e: { type: 'union', refs: [] },
      f: { type: 'ref', ref: 'lex:com.example.other#thing' },
      g: { type: 'string', maxLength: 9, knownValues: ['com.example.other#thing'.slice(0, 9)] },
    }
    expect(() => parse(record(fields))).not.toThrow()
  })
})

describe('references inside a document', () => {
  it.each<[string, object]>([
    ['nothing', { type: 'ref', ref: '#absent' }],
    ['a name of Object.prototype', { type: 'ref', ref: '#constructor' }],
    ['a token', { type: 'ref', ref: 'com.example.thing#token' }],
    ['a string, in a union', { type: 'union', refs: ['#text'] }],
  ])('may not point at %s', (_, field) => {
    const defs = {
      token: { type: 'token' },
      text: { type: 'string' },
      main: object({ field: { type: 'array', items: field } }),
    }
    const [code, path] = faultOf(defs)
    expect(code).toBe('unresolved-ref')
    expect(path).toMatch(/^defs\.main\.properties\.field\.items\.(ref|refs\.0)$/)
  })

  it('may go in circles where a value can end', () => {
    const ref = { type: 'ref', ref: '#main' }
    const defs = {
      main: object(
        {
          optional: ref,
          none: ref,
          list: { type: 'array', items: ref },
          open: { type: 'union', refs: ['#main'] },
          either: { type: 'union', refs: ['#main', '#leaf'], closed: true },
        },
        { required: ['none', 'list', 'open', 'either'], nullable: ['none'] },
      ),
      leaf: object({}),
    }
    expect(() => parse(defs)).not.toThrow()
  })

  it.each<[string, object]>([
    ['a field', { type: 'ref', ref: '#main' }],
    [
      'a list that is never empty',
      { type: 'array', items: { type: 'ref', ref: '#main' }, minLength: 1 },
    ],
    ['a union of one', { type: 'union', refs: ['#main'], closed: true }],
    ['another definition', { type: 'ref', ref: '#other' }],
  ])('may not lead back by %s that has to be there', (_, field) => {
    const defs = {
      other: object({ back: { type: 'ref', ref: '#main' } }, { required: ['back'] }),
      main: object({ field }, { required: ['field'] }),
    }
    expect(faultOf(defs)[0]).toBe('endless-ref')
  })
})

describe('permissions', () => {
  const set = (permission: object) => ({
    main: { type: 'permission-set', permissions: [{ type: 'permission', ...permission }] },
  })

  it.each<[object, string]>([
    [{ resource: 'repo' }, 'collection'],
    [{ resource: 'repo', collection: [] }, 'collection'],
    [{ resource: 'repo', collection: ['com.example.a', 'com.example.a'] }, 'collection'],
    [{ resource: 'repo', collection: ['com.example.a'], action: ['read'] }, 'action.0'],
    [{ resource: 'rpc', lxm: ['com.example.a'] }, 'aud'],
    [{ resource: 'rpc', aud: '*' }, 'lxm'],
    [{ resource: 'rpc', lxm: ['com.example.a'], aud: '*', inheritAud: true }, 'aud'],
    [{ resource: 'rpc', lxm: ['com.example.a'], inheritAud: 'yes' }, 'inheritAud'],
    [{}, 'resource'],
  ])('are refused: %j', (permission, field) => {
    expect(faultOf(set(permission))[1]).toBe(`defs.main.permissions.0.${field}`)
  })

  it('of a resource that is not known may say anything', () => {
    expect(() => parse(set({ resource: 'account', attr: 5 }))).not.toThrow()
  })

  it('have titles by language', () => {
    const titled = {
      type: 'permission-set',
      'title:lang': { 'not a language': '' },
      permissions: [],
    }
    expect(faultOf({ main: titled })[1]).toBe('defs.main.title:lang.not a language')
  })
})

describe('hostile documents', () => {
  it('that are nested without end are refused', () => {
    const text = `${'{"type":"array","items":'.repeat(9000)}{"type":"token"}${'}'.repeat(9000)}`
    expect(faultOf({ main: JSON.parse(text) })[0]).toBe('too-deep')
    const cyclic: Record<string, unknown> = { type: 'array' }
    cyclic['items'] = cyclic
    expect(faultOf({ main: cyclic })[0]).toBe('too-deep')
  })

  it('that chain any number of definitions take no more than memory', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => [
      `d${i}`,
      object({ next: { type: 'ref', ref: `#d${i + 1}` } }, { required: ['next'] }),
    ])
    const end = { d20000: object({}) }
    expect(() => parse({ ...Object.fromEntries(chain), ...end })).not.toThrow()
  })

  it('with a definition __proto__ are refused, and with a property of that name are not', () => {
    expect(faultOf(JSON.parse('{ "__proto__": { "type": "token" } }'))[0]).toBe('misplaced')
    expect(() => parse(record(JSON.parse('{ "__proto__": { "type": "string" } }')))).not.toThrow()
  })
})
