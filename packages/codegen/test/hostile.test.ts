// Documents come from strangers. Whatever they hold, the code is either valid and does nothing but
// what is promised, or there is an error.

import { assert, asyncProperty, constantFrom, oneof, string, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodegenError, generate } from '../src/index.ts'
import { generateFrom, json, object, record } from './documents.ts'
import { compile, inFolder, misformatted } from './tools.ts'

const WORDS = [
  'delete',
  'default',
  'enum',
  'class',
  'constructor',
  'toString',
  'await',
  'undefined',
]
const TYPE_NAMES = [
  'record',
  'string',
  'array',
  'object',
  'promise',
  'did',
  'typed',
  'unknownMember',
]
const METHOD_NAMES = ['params', 'input', 'output', 'message', 'errorName', 'query', 'main2']

const BREAKOUTS = [
  '*/ export const broken = 1 /*',
  "' + broken + '",
  '" + broken + "',
  '\'" + broken //',
  '`${broken}`',
  'a\nexport const broken = 1',
  'a\u2028export const broken = 1',
  'a\r\nexport const broken = 1 //',
  '\\',
  "\\' + broken //",
  '\u0000\u0007\u007F\uFEFF',
]

/** What literals and comments are made of. */
const SYNTAX = '*/\\\'"`\n\r\u2028{}$;a'

/** Every property, description, value and error name of a document is a string that wants out. */
function hostileDocuments(texts: readonly string[]): Record<string, object> {
  const values = {
    known: { type: 'string', knownValues: texts },
    closed: { type: 'string', enum: texts },
    fixed: { type: 'string', const: texts[0] },
    usual: { type: 'string', default: texts.join('') },
    image: { type: 'blob', accept: ['*/*', 'image/*'] },
  }
  const named = texts.map((text) => [text, { type: 'integer', description: text }])
  const all = object({ ...values, ...Object.fromEntries(named) }, [...texts])
  const errors = texts.map((text) => ({
    name: `e${text.replaceAll(/\s/g, '')}`,
    description: text,
  }))
  return {
    'com.example.thing': {
      main: { type: 'record', key: 'any', description: texts.join(' '), record: all },
      token: { type: 'token', description: texts.join('') },
    },
    'com.example.getThing': {
      main: { type: 'query', description: texts.join(' '), output: json(all), errors },
    },
  }
}

describe('hostile documents', () => {
  it('give valid code where definitions are named like words of the language', async () => {
    const tokens = WORDS.map((name) => [name, { type: 'token' }])
    const objects = [...WORDS, ...TYPE_NAMES].map((name) => [
      name,
      object({
        did: { type: 'string', format: 'did' },
        anything: { type: 'unknown' },
        union: { type: 'union', refs: [`#${name}`] },
      }),
    ])
    const files = generateFrom({
      'com.example.tokens': Object.fromEntries(tokens),
      'com.example.objects': Object.fromEntries(objects),
      'com.example.getAll': {
        main: { type: 'query', output: json({ type: 'ref', ref: '#output' }) },
        ...Object.fromEntries(METHOD_NAMES.map((name) => [name, object({})])),
      },
    })
    expect(await compile(files)).toEqual([])
    expect(await misformatted(files)).toEqual([])
  })

  it('give valid code where names differ only in what an identifier cannot show', async () => {
    const files = generateFrom({
      'com.my-site.thing': { main: object({}), 'a-b': object({}), aB: object({}), AB: object({}) },
      'com.mySite.thing': { main: object({}) },
      'a-0.b-1.c': {
        main: object({
          one: { type: 'ref', ref: 'com.my-site.thing#a-b' },
          two: { type: 'ref', ref: 'com.my-site.thing#AB' },
          three: { type: 'ref', ref: 'com.mySite.thing' },
        }),
        'com-my-site-thing': { type: 'token' },
      },
    })
    expect(await compile(files)).toEqual([])
  })

  it('treat __proto__ and constructor as names of properties like any other', async () => {
    const properties = JSON.parse(
      '{ "__proto__": { "type": "integer" }, "constructor": { "type": "string" } }',
    )
    const files = generateFrom({ 'com.example.thing': { main: record(properties, ['__proto__']) } })
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { Main } from './com.example.thing.js'
      export type Checks = [
        Expect<Equal<Main['__proto__'], number>>,
        Expect<Equal<Main['constructor'], string | undefined>>,
      ]
    `
    expect(await compile(files, program)).toEqual([])
  })

  it('refuse __proto__ as the name of a definition', () => {
    const defs = JSON.parse('{ "__proto__": { "type": "token" } }')
    expect(() => generate([{ lexicon: 1, id: 'com.example.thing', defs }])).toThrow(CodegenError)
  })

  it('never break out of a literal or a comment', async () => {
    const files = generateFrom(hostileDocuments(BREAKOUTS))
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type * as Thing from './com.example.thing.js'
      import * as values from './com.example.thing.js'
      import * as method from './com.example.getThing.js'
      export type Checks = [
        Expect<Equal<keyof typeof values, 'main' | 'token'>>,
        Expect<Equal<keyof typeof method, 'main' | 'output'>>,
        Expect<Equal<Thing.Main['closed'], ${BREAKOUTS.map((text) => JSON.stringify(text)).join(' | ')} | undefined>>,
      ]
    `
    expect(await compile(files, program)).toEqual([])
    expect(await misformatted(files)).toEqual([])
  })

  it('never break out whatever their texts are', async () => {
    // A random text that reaches code would be an unknown name or a syntax error for Node.
    const text = oneof(
      string({ unit: 'binary' }),
      string({ unit: constantFrom(...SYNTAX.split('')) }),
    ).filter((name) => !name.startsWith('$'))
    await assert(
      asyncProperty(uniqueArray(text, { minLength: 100, maxLength: 200 }), async (texts) => {
        const files = generateFrom(hostileDocuments(texts))
        await inFolder(files, async (folder) => {
          const exports = await Promise.all(
            ['com.example.thing', 'com.example.getThing'].map(async (name) =>
              Object.keys(await import(`${folder}/${name}.ts`)),
            ),
          )
          expect(exports).toEqual([
            ['main', 'token'],
            ['main', 'output'],
          ])
        })
      }),
      { numRuns: 20 },
    )
  })

  it('are refused where an encoding could be taken for its neighbour in the method table', () => {
    for (const encoding of ['a/b> !c<d/e', 'a/b>', 'a', '', 'a/b<c']) {
      const query = { type: 'query', output: { encoding } }
      expect(() => generateFrom({ 'com.example.ping': { main: query } }), encoding).toThrow(
        /at defs\.main\.output\.encoding: expected a MIME type/,
      )
    }
  })

  it('are refused where they are nested deeper than any stack should have to bear', () => {
    const deep = `${'{"type":"array","items":'.repeat(5000)}{"type":"token"}${'}'.repeat(5000)}`
    const defs = { list: JSON.parse(deep) }
    expect(() => generate([{ lexicon: 1, id: 'com.example.deep', defs }])).toThrow(CodegenError)
  })
})
