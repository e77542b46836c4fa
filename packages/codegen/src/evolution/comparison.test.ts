import { describe, expect, it } from 'vitest'
import { json, object, record } from '../../test/documents.ts'
import { readLibrary } from '../library.ts'
import { readDistinctDocuments } from '../documents.ts'
import { compareDocuments } from './comparison.ts'
import { RULES } from './finding.ts'
import type { Rule } from './finding.ts'

const ID = 'com.example.thing'

const ACTIONS = ['create', 'update', 'delete']

type Documents = Record<string, object>

/** What breaks between documents that are given as their definitions, as `path: rule`. */
function broken(before: Documents, after: Documents): string[] {
  const [old, now] = [before, after].map((documents) =>
    readDistinctDocuments(
      Object.entries(documents).map(([id, defs]) => ({ lexicon: 1, id, defs })),
    ),
  )
  return compareDocuments(old!, now!).map(({ path, rule, breaks }) => {
    expect(breaks).toBe(RULES[rule])
    return `${path}: ${rule}`
  })
}

/** Compares two versions with each other, forward and backward, and each with itself. */
function bothWays<Version>(compare: (before: Version, after: Version) => string[]) {
  return (_: string, a: Version, b: Version, forward: string[], backward: string[]): void => {
    expect(compare(a, b)).toEqual(forward)
    expect(compare(b, a)).toEqual(backward)
    expect(compare(a, a)).toEqual([])
    expect(compare(b, b)).toEqual([])
  }
}

/** The same of two schemas of one field, with the path from that field. */
function brokenField(before: object, after: object): string[] {
  const document = (a: object): Documents => ({
    [ID]: { main: object({ a }), b: object({}), c: object({}) },
  })
  const start = 'defs.main.properties.a'
  return broken(document(before), document(after)).map((found) => {
    expect(found.startsWith(start)).toBe(true)
    return found.slice(start.length).replace(/^\./, '')
  })
}

const string = (more: object = {}): object => ({ type: 'string', ...more })
const integer = (more: object = {}): object => ({ type: 'integer', ...more })
const blob = (...accept: string[]): object => ({ type: 'blob', accept })
const union = (closed: boolean, ...refs: string[]): object => ({ type: 'union', refs, closed })
const array = (more: object = {}): object => ({ type: 'array', items: string(), ...more })

/** Two schemas of a field, and what breaks from the first to the second and the other way round. */
type FieldCase = [what: string, a: object, b: object, forward: string[], backward: string[]]

const LIMITS: FieldCase[] = [
  ...[
    ['maximum', integer] as const,
    ['maxLength', string] as const,
    ['maxGraphemes', string] as const,
    ['maxLength', (more: object) => ({ type: 'bytes', ...more })] as const,
    ['maxLength', array] as const,
    ['maxSize', (more: object) => ({ type: 'blob', ...more })] as const,
  ].flatMap(([key, schema]): FieldCase[] => [
    [
      `a smaller ${key}`,
      schema({ [key]: 10 }),
      schema({ [key]: 9 }),
      [`${key}: limit-narrowed`],
      [`${key}: limit-widened`],
    ],
    [
      `a ${key} where there was none`,
      schema({}),
      schema({ [key]: 9 }),
      [`${key}: limit-narrowed`],
      [`${key}: limit-widened`],
    ],
  ]),
  ...[
    ['minimum', integer] as const,
    ['minLength', string] as const,
    ['minGraphemes', string] as const,
    ['minLength', (more: object) => ({ type: 'bytes', ...more })] as const,
    ['minLength', array] as const,
  ].flatMap(([key, schema]): FieldCase[] => [
    [
      `a larger ${key}`,
      schema({ [key]: 1 }),
      schema({ [key]: 2 }),
      [`${key}: limit-narrowed`],
      [`${key}: limit-widened`],
    ],
    [
      `a ${key} where there was none`,
      schema({}),
      schema({ [key]: 1 }),
      [`${key}: limit-narrowed`],
      [`${key}: limit-widened`],
    ],
  ]),
  ['a length of at least 0', string(), string({ minLength: 0 }), [], []],
  [
    'a limit that is 0',
    integer({ minimum: -1 }),
    integer({ minimum: 0 }),
    ['minimum: limit-narrowed'],
    ['minimum: limit-widened'],
  ],
]

const FIELDS: FieldCase[] = [
  ...LIMITS,
  ['another type', string(), integer(), [': type-changed'], [': type-changed']],
  [
    'another type of items',
    array(),
    array({ items: integer() }),
    ['items: type-changed'],
    ['items: type-changed'],
  ],
  [
    'a smaller limit of items',
    array({ items: string({ maxLength: 9 }) }),
    array({ items: string({ maxLength: 8 }) }),
    ['items.maxLength: limit-narrowed'],
    ['items.maxLength: limit-widened'],
  ],
  [
    'a value less in a closed set',
    string({ enum: ['a', 'b'] }),
    string({ enum: ['b'] }),
    ['enum: values-narrowed'],
    ['enum: values-widened'],
  ],
  [
    'a closed set of numbers with another value',
    integer({ enum: [1, 2] }),
    integer({ enum: [2, 3] }),
    ['enum: values-narrowed', 'enum: values-widened'],
    ['enum: values-narrowed', 'enum: values-widened'],
  ],
  [
    'a closed set where there was none',
    string(),
    string({ enum: ['a'] }),
    ['enum: values-narrowed'],
    ['enum: values-widened'],
  ],
  [
    'a constant where there was a closed set with it',
    string({ enum: ['a', 'b'] }),
    string({ const: 'a' }),
    ['const: values-narrowed'],
    ['enum: values-widened'],
  ],
  ['a constant as a closed set of one', integer({ const: 1 }), integer({ enum: [1] }), [], []],
  [
    'a constant boolean',
    { type: 'boolean' },
    { type: 'boolean', const: true },
    ['const: values-narrowed'],
    ['const: values-widened'],
  ],
  [
    'another constant',
    string({ const: 'a' }),
    string({ const: 'b' }),
    ['const: values-narrowed', 'const: values-widened'],
    ['const: values-narrowed', 'const: values-widened'],
  ],
  ['other known values', string({ knownValues: ['a'] }), string({ knownValues: ['b'] }), [], []],
  ['another default', string({ default: 'a' }), string(), [], []],
  ['another description', string({ description: 'a' }), string(), [], []],
  [
    'a format where there was none',
    string(),
    string({ format: 'did' }),
    ['format: format-narrowed'],
    ['format: format-widened'],
  ],
  [
    'another format',
    string({ format: 'did' }),
    string({ format: 'handle' }),
    ['format: format-changed'],
    ['format: format-changed'],
  ],
  [
    'a MIME type less',
    blob('image/png', 'image/jpeg'),
    blob('image/png'),
    ['accept: mime-types-narrowed'],
    ['accept: mime-types-widened'],
  ],
  [
    'a MIME type of a pattern',
    blob('image/*'),
    blob('image/png'),
    ['accept: mime-types-narrowed'],
    ['accept: mime-types-widened'],
  ],
  [
    'MIME types where any was accepted',
    { type: 'blob' },
    blob('image/*'),
    ['accept: mime-types-narrowed'],
    ['accept: mime-types-widened'],
  ],
  ['any MIME type, written out', { type: 'blob' }, blob('*/*'), [], []],
  ['a MIME type that a pattern covers', blob('image/*'), blob('image/*', 'image/png'), [], []],
  [
    'a member less of an open union',
    union(false, '#b', '#c'),
    union(false, '#b'),
    ['refs: member-removed'],
    [],
  ],
  [
    'a member less of a closed union',
    union(true, '#b', '#c'),
    union(true, '#b'),
    ['refs: member-removed'],
    ['refs: member-added'],
  ],
  [
    'a union that is closed now',
    union(false, '#b'),
    union(true, '#b'),
    [': union-closed'],
    [': union-opened'],
  ],
  ['members in another order', union(true, '#b', '#c'), union(true, '#c', `${ID}#b`), [], []],
  ['a reference with the same meaning', { type: 'ref', ref: '#b' }, object({}), [], []],
  ['a reference to something else', { type: 'ref', ref: '#b' }, { type: 'ref', ref: '#c' }, [], []],
  [
    'a reference in place of another type',
    string(),
    { type: 'ref', ref: '#b' },
    [': type-changed'],
    [': type-changed'],
  ],
  [
    'another document that is not here',
    { type: 'ref', ref: 'org.other.a' },
    { type: 'ref', ref: 'org.other.b' },
    [': type-changed'],
    [': type-changed'],
  ],
  [
    'a document that is not here',
    { type: 'ref', ref: 'org.other.a' },
    { type: 'ref', ref: 'org.other.a#main' },
    [],
    [],
  ],
  ['a link', { type: 'cid-link' }, { type: 'cid-link', description: 'a' }, [], []],
  [
    'an object where anything was',
    { type: 'unknown' },
    object({}),
    [': type-changed'],
    [': type-changed'],
  ],
]

describe('the schema of a field', () => {
  it.each(FIELDS)('%s', bothWays(brokenField))
})

/** Two versions of documents, and what breaks in either direction. */
type DocumentCase = [
  what: string,
  a: Documents,
  b: Documents,
  forward: string[],
  backward: string[],
]

const of = (defs: object): Documents => ({ [ID]: defs })
const main = (definition: object): Documents => of({ main: definition })
const query = (more: object = {}): Documents => main({ type: 'query', ...more })
const params = (properties: object, required: string[] = []): object => ({
  parameters: { type: 'params', properties, required },
})
const NAME = 'defs.main.properties.name'

const DOCUMENTS: DocumentCase[] = [
  [
    'a document less',
    { ...main(object({})), 'com.example.other': { main: object({}) } },
    main(object({})),
    [': document-removed'],
    [],
  ],
  [
    'a definition less',
    of({ main: object({}), view: object({}) }),
    main(object({})),
    ['defs.view: definition-removed'],
    [],
  ],
  ['an optional field more', main(object({})), main(object({ name: string() })), [], []],
  [
    'a required field more',
    main(object({})),
    main(object({ name: string() }, ['name'])),
    [`${NAME}: field-required`],
    [`${NAME}: field-removed`],
  ],
  [
    'an optional field that is required now',
    main(object({ name: string() })),
    main(object({ name: string() }, ['name'])),
    [`${NAME}: field-required`],
    [`${NAME}: field-optional`],
  ],
  [
    'a required field of another name',
    main(object({ name: string() }, ['name'])),
    main(object({ title: string() }, ['title'])),
    [`${NAME}: field-removed`, 'defs.main.properties.title: field-required'],
    ['defs.main.properties.title: field-removed', `${NAME}: field-required`],
  ],
  [
    'a field that may be null now',
    main(object({ name: string() })),
    main({ ...object({ name: string() }), nullable: ['name'] }),
    [`${NAME}: null-allowed`],
    [`${NAME}: null-refused`],
  ],
  [
    'a field deep inside',
    main(record({ a: array({ items: object({ 'b c': object({ d: string() }) }) }) })),
    main(record({ a: array({ items: object({ 'b c': object({ d: integer() }) }) }) })),
    ['defs.main.record.properties.a.items.properties["b c"].properties.d: type-changed'],
    ['defs.main.record.properties.a.items.properties["b c"].properties.d: type-changed'],
  ],
  [
    'another key of records',
    main(record({}, [], 'tid')),
    main(record({}, [], 'nsid')),
    ['defs.main.key: key-changed'],
    ['defs.main.key: key-changed'],
  ],
  [
    'any key of records',
    main(record({}, [], 'literal:self')),
    main(record({}, [], 'any')),
    ['defs.main.key: key-widened'],
    ['defs.main.key: key-narrowed'],
  ],
  [
    'a record in place of an object',
    main(object({})),
    main(record({})),
    ['defs.main: type-changed'],
    ['defs.main: type-changed'],
  ],
  [
    'a procedure in place of a query',
    query(),
    main({ type: 'procedure' }),
    ['defs.main: type-changed'],
    ['defs.main: type-changed'],
  ],
  ['tokens', main({ type: 'token' }), main({ type: 'token', description: 'a' }), [], []],
  [
    'a token in place of a string',
    main({ type: 'token' }),
    main(string()),
    ['defs.main: type-changed'],
    ['defs.main: type-changed'],
  ],
  ['an optional parameter', query(), query(params({ a: string() })), [], []],
  [
    'a required parameter',
    query(),
    query(params({ a: string() }, ['a'])),
    ['defs.main.parameters.properties.a: field-required'],
    ['defs.main.parameters.properties.a: field-removed'],
  ],
  [
    'a parameter of another type',
    query(params({ a: string() })),
    query(params({ a: integer() })),
    ['defs.main.parameters.properties.a: type-changed'],
    ['defs.main.parameters.properties.a: type-changed'],
  ],
  [
    'an output where there was none',
    query(),
    query({ output: json() }),
    ['defs.main.output: body-added'],
    ['defs.main.output: body-removed'],
  ],
  [
    'an input where there was none',
    main({ type: 'procedure' }),
    main({ type: 'procedure', input: json() }),
    ['defs.main.input: body-added'],
    ['defs.main.input: body-removed'],
  ],
  [
    'another encoding',
    query({ output: json() }),
    query({ output: { encoding: 'text/plain' } }),
    ['defs.main.output.encoding: encoding-changed'],
    ['defs.main.output.encoding: encoding-changed'],
  ],
  [
    'a description of what was anything',
    query({ output: json() }),
    query({ output: json(object({})) }),
    ['defs.main.output.schema: body-described'],
    ['defs.main.output.schema: body-not-described'],
  ],
  [
    'an output of another shape',
    query({ output: json(object({ a: string() }, ['a'])) }),
    query({ output: json(object({ a: string() })) }),
    ['defs.main.output.schema.properties.a: field-optional'],
    ['defs.main.output.schema.properties.a: field-required'],
  ],
  ['other errors', query({ errors: [{ name: 'A' }] }), query({ errors: [{ name: 'B' }] }), [], []],
  [
    'a message more of a subscription',
    of({ main: subscription('#a', '#b'), a: object({}), b: object({}) }),
    of({ main: subscription('#a'), a: object({}), b: object({}) }),
    ['defs.main.message.schema.refs: member-removed'],
    [],
  ],
  [
    'a definition that has moved',
    of({ main: object({ a: { type: 'ref', ref: '#b' } }), b: object({ c: string() }) }),
    {
      [ID]: { main: object({ a: { type: 'ref', ref: 'com.example.defs#b' } }), b: object({}) },
      'com.example.defs': { b: object({ c: integer() }) },
    },
    ['defs.main.properties.a.properties.c: type-changed'],
    ['defs.main.properties.a.properties.c: type-changed', ': document-removed'],
  ],
  [
    'definitions that refer to themselves',
    of({ main: tree('#main'), copy: tree('#copy') }),
    of({ main: tree('#copy'), copy: tree('#main') }),
    [],
    [],
  ],
]

/** Sets of permissions, and what breaks, as {@link FieldCase}; the messages of what is lost. */
const SETS: [what: string, a: object[], b: object[], forward: string[], backward: string[]][] = [
  [
    'a record type',
    [repo('post', 'like')],
    [repo('like')],
    ACTIONS.map((verb) => `it allowed to ${verb} records of com.example.post`),
    [],
  ],
  [
    'an action',
    [repo('post')],
    [{ ...repo('post'), action: ['create', 'update'] }],
    ['it allowed to delete records of com.example.post'],
    [],
  ],
  ['all actions by their names', [repo('post')], [{ ...repo('post'), action: ACTIONS }], [], []],
  [
    'permissions in another order and other parts',
    [repo('a', 'b')],
    [repo('b'), repo('a')],
    [],
    [],
  ],
  [
    'a method',
    [rpc({ aud: '*' }, 'get', 'put')],
    [rpc({ aud: '*' }, 'get')],
    ['it allowed to call com.example.put of any service'],
    [],
  ],
  [
    'any service in place of the one that is named',
    [rpc({ inheritAud: true }, 'get')],
    [rpc({ aud: '*' }, 'get')],
    [],
    ['it allowed to call com.example.get of any service'],
  ],
  [
    'a method of the service that is named',
    [rpc({ inheritAud: true }, 'get')],
    [],
    ['it allowed to call com.example.get'],
    [],
  ],
  [
    'a field that nobody knows, for which a permission has to be ignored',
    [repo('post')],
    [{ ...repo('post'), onSundays: true }],
    ACTIONS.map((verb) => `it allowed to ${verb} records of com.example.post`),
    [],
  ],
  [
    'what allows nothing anyway: other resources, services with a name, names of others',
    [
      { type: 'permission', resource: 'blob', accept: ['*/*'] },
      rpc({ aud: 'did:web:example.com#api' }, 'get'),
      { ...repo('a'), collection: ['org.other.thing', 'com.examples.thing', 'com.example', '*'] },
    ],
    [],
    [],
    [],
  ],
]

function repo(...names: string[]): object {
  const collection = names.map((name) => `com.example.${name}`)
  return { type: 'permission', resource: 'repo', collection }
}

function rpc(audience: object, ...names: string[]): object {
  const lxm = names.map((name) => `com.example.${name}`)
  return { type: 'permission', resource: 'rpc', lxm, ...audience }
}

/** What a set no longer allows. */
function lost(before: object[], after: object[]): string[] {
  const [old, now] = [before, after].map((permissions) => {
    const defs = { main: { type: 'permission-set', permissions } }
    return readDistinctDocuments([{ lexicon: 1, id: 'com.example.auth', defs }])
  })
  return compareDocuments(old!, now!).map(({ message, ...finding }) => {
    expect(finding).toEqual({
      document: 'com.example.auth',
      path: 'defs.main.permissions',
      rule: 'permission-removed',
      breaks: 'programs',
    })
    return message
  })
}

describe('a permission set', () => {
  it.each(SETS)('%s', bothWays(lost))

  it('allows what is in groups below its own', () => {
    const below = { ...repo(), collection: ['com.example.deep.thing'], action: ['create'] }
    expect(lost([below], [])).toEqual(['it allowed to create records of com.example.deep.thing'])
  })
})

function subscription(...refs: string[]): object {
  return { type: 'subscription', message: { schema: union(false, ...refs) } }
}

function tree(ref: string): object {
  return object({ children: { type: 'array', items: { type: 'ref', ref } } })
}

describe('a document', () => {
  it.each(DOCUMENTS)('%s', bothWays(broken))
})

describe('the cases above', () => {
  it('break every rule', () => {
    const cases = [...FIELDS, ...DOCUMENTS].flatMap(([, , , ...found]) => found.flat())
    const rules = cases.map((found) => found.slice(found.lastIndexOf(' ') + 1) as Rule)
    const seen = new Set<Rule>([...rules, 'permission-removed'])
    expect([...seen].toSorted()).toEqual(Object.keys(RULES).toSorted())
  })
})

describe('the official documents', () => {
  it('break nothing when they stay as they are', async () => {
    const documents = readDistinctDocuments((await readLibrary()).documents)
    expect(compareDocuments(documents, new Map(documents))).toEqual([])
  })
})
