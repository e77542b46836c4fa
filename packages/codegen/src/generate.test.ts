import { describe, expect, it } from 'vitest'
import { generateFrom, object, record } from '../test/documents.ts'
import { compile } from '../test/tools.ts'
import { generate } from './generate.ts'

describe('values', () => {
  it('become types: required, optional, nullable', async () => {
    const thing = {
      type: 'record',
      key: 'tid',
      record: {
        ...object(
          {
            text: { type: 'string' },
            count: { type: 'integer' },
            isOpen: { type: 'boolean' },
            title: { type: 'string' },
            both: { type: 'string' },
          },
          ['text', 'title'],
        ),
        nullable: ['title', 'both'],
      },
    }
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { Main } from './com.example.thing.js'
      export type Checks = [
        Expect<Equal<Main, {
          $type?: 'com.example.thing'
          text: string
          count?: number | undefined
          isOpen?: boolean | undefined
          title: string | null
          both?: string | null | undefined
        }>>,
      ]
      // Assignable to an index signature, which an interface would not be.
      const main: Main = { text: '', title: null, count: undefined }
      export const anything: Record<string, unknown> = main
    `
    expect(await compile(generateFrom({ 'com.example.thing': { main: thing } }), program)).toEqual(
      [],
    )
  })

  it('become literals where the lexicon closes the set, and suggestions where it does not', async () => {
    const files = generateFrom({
      'com.example.thing': {
        main: record(
          {
            closed: { type: 'string', enum: ['a', 'b'] },
            open: { type: 'string', knownValues: ['c', 'd', 'c'] },
            fixed: { type: 'string', const: 'e' },
            yes: { type: 'boolean', const: true },
            level: { type: 'integer', enum: [4, 9] },
            answer: { type: 'integer', const: -42 },
          },
          ['closed', 'open', 'fixed', 'yes', 'level', 'answer'],
        ),
        size: { type: 'string', knownValues: ['small', 'large'] },
      },
    })
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { Main, Size } from './com.example.thing.js'
      export type Checks = [
        Expect<Equal<Main['closed'], 'a' | 'b'>>,
        Expect<Equal<Main['open'], 'c' | 'd' | (string & {})>>,
        Expect<Equal<Main['fixed'], 'e'>>,
        Expect<Equal<Main['yes'], true>>,
        Expect<Equal<Main['level'], 4 | 9>>,
        Expect<Equal<Main['answer'], -42>>,
        Expect<Equal<Size, 'small' | 'large' | (string & {})>>,
      ]
    `
    expect(await compile(files, program)).toEqual([])
  })

  it('become the types of the SDK where a format or the data model has one', async () => {
    const formats = {
      did: 'Did',
      handle: 'Handle',
      'at-uri': 'AtUri',
      'at-identifier': 'AtIdentifier',
      nsid: 'Nsid',
      'record-key': 'RecordKey',
      tid: 'Tid',
      cid: 'CidString',
      language: 'Language',
      uri: 'Uri',
    }
    const properties = {
      ...Object.fromEntries(
        Object.keys(formats).map((format) => [format, { type: 'string', format }]),
      ),
      link: { type: 'cid-link' },
      bytes: { type: 'bytes' },
      blob: { type: 'blob' },
      anything: { type: 'unknown' },
      list: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
    }
    const files = generateFrom({
      'com.example.thing': { main: record(properties, Object.keys(properties)) },
    })
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { Main } from './com.example.thing.js'
      import type * as data from 'atproto.ts/data'
      import type * as syntax from 'atproto.ts/syntax'
      export type Checks = [
        ${Object.entries(formats)
          .map(([format, type]) => `Expect<Equal<Main['${format}'], syntax.${type}>>,`)
          .join('\n')}
        Expect<Equal<Main['link'], data.CidLink>>,
        Expect<Equal<Main['bytes'], data.LexBytes>>,
        Expect<Equal<Main['blob'], data.BlobRef>>,
        Expect<Equal<Main['anything'], { [field: string]: unknown }>>,
        Expect<Equal<Main['list'], number[][]>>,
      ]
    `
    expect(await compile(files, program)).toEqual([])
  })

  it('leave a datetime a string, so that toISOString() fits as it is', async () => {
    const files = generateFrom({
      'com.example.thing': {
        main: record({ createdAt: { type: 'string', format: 'datetime' } }, ['createdAt']),
      },
    })
    const program = `
      import type { Main } from './com.example.thing.js'
      export const main: Main = { createdAt: new Date().toISOString() }
    `
    expect(await compile(files, program)).toEqual([])
  })
})

describe('references', () => {
  const documents = {
    'com.example.thing': {
      main: record({
        own: { type: 'ref', ref: '#part' },
        whole: { type: 'ref', ref: 'com.example.other' },
        part: { type: 'ref', ref: 'com.example.other#part' },
        prefixed: { type: 'ref', ref: 'lex:com.example.other#part' },
        open: { type: 'union', refs: ['#part', 'com.example.other'] },
        closed: { type: 'union', refs: ['#part', 'com.example.other#part'], closed: true },
        list: { type: 'array', items: { type: 'union', refs: ['#part'] } },
        empty: { type: 'union', refs: [] },
      }),
      part: object({ parent: { type: 'ref', ref: '#part' } }),
    },
    'com.example.other': {
      main: object({ n: { type: 'integer' } }),
      part: object({ back: { type: 'ref', ref: 'com.example.thing' } }),
    },
  }

  it('lead to definitions of the same document and of others, in circles too', async () => {
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { Main, Part } from './com.example.thing.js'
      import type * as Other from './com.example.other.js'
      export type Checks = [
        Expect<Equal<Main['own'], Part | undefined>>,
        Expect<Equal<Main['whole'], Other.Main | undefined>>,
        Expect<Equal<Main['part'], Other.Part | undefined>>,
        Expect<Equal<Main['prefixed'], Other.Part | undefined>>,
        Expect<Equal<Part['parent'], Part | undefined>>,
        Expect<Equal<Other.Part['back'], Main | undefined>>,
      ]
    `
    expect(await compile(generateFrom(documents), program)).toEqual([])
  })

  it('of a union ask for $type, and narrow by it', async () => {
    const program = `
      import type { Accepts, Equal, Expect } from './expect.js'
      import type { Main } from './com.example.thing.js'
      type Open = NonNullable<Main['open']>
      type Closed = NonNullable<Main['closed']>
      export type Checks = [
        Expect<Equal<Closed['$type'], 'com.example.thing#part' | 'com.example.other#part'>>,
        Expect<Accepts<Open, { $type: 'com.example.other'; n: 1 }>>,
        Expect<Equal<Accepts<Closed, { $type: 'com.example.other' }>, false>>,
        Expect<Equal<Accepts<Open, { n: 1 }>, false>>,
        Expect<Equal<Main['empty'], { $type: string; [field: string]: unknown } | undefined>>,
      ]
      export function numberOf(value: Open): number | undefined {
        return value.$type === 'com.example.other' ? value.n : undefined
      }
      export function exhaust(value: Closed): 1 | 2 {
        switch (value.$type) {
          case 'com.example.thing#part':
            return 1
          case 'com.example.other#part':
            return 2
        }
      }
    `
    expect(await compile(generateFrom(documents), program)).toEqual([])
  })

  it('come out the same in whatever order the documents went in', () => {
    const inputs = Object.entries(documents).map(([id, defs]) => ({ lexicon: 1, id, defs }))
    expect(generate(inputs.toReversed())).toEqual(generate(inputs))
  })
})

describe('tokens', () => {
  it('become a type and a constant that hold their full name', async () => {
    const files = generateFrom({
      'com.example.defs': { 'some-reason': { type: 'token' }, delete: { type: 'token' } },
    })
    const program = `
      import type { Equal, Expect } from './expect.js'
      import { delete_, someReason } from './com.example.defs.js'
      import type { Delete, SomeReason } from './com.example.defs.js'
      export const reason: SomeReason = someReason
      export const deletion: Delete = delete_
      export type Checks = [Expect<Equal<SomeReason, 'com.example.defs#some-reason'>>]
    `
    expect(await compile(files, program)).toEqual([])
  })
})

describe('options', () => {
  it('decide how modules are named', () => {
    const documents = {
      'com.example.thing': {
        main: record({
          did: { type: 'string', format: 'did' },
          o: { type: 'ref', ref: 'com.example.o' },
        }),
      },
      'com.example.o': { main: object({}) },
    }
    const text = generateFrom(documents, {
      extension: '.ts',
      importFrom: '../sdk/{room}/{room}.ts',
    }).get('com.example.thing.ts')
    expect(text).toContain("from '../sdk/syntax/syntax.ts'")
    expect(text).toContain("from './com.example.o.ts'")
  })
})
