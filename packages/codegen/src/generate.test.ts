import { describe, expect, it } from 'vitest'
import { generateFrom, json, object, record } from '../test/documents.ts'
import { compile } from '../test/tools.ts'
import { generate } from './generate.ts'

/** The generated text of one document that holds a record with these properties. */
function recordText(properties: object, required: string[] = []): string {
  const files = generateFrom({ 'com.example.thing': { main: record(properties, required) } })
  return files.get('com.example.thing.ts') ?? ''
}

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
      future: { type: 'string', format: 'not-yet-known' },
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
        Expect<Equal<Main['future'], string>>,
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

describe('methods', () => {
  const documents = {
    'com.example.things.getThing': {
      main: {
        type: 'query',
        parameters: {
          type: 'params',
          required: ['id'],
          properties: {
            id: { type: 'string' },
            tags: { type: 'array', items: { type: 'string' } },
          },
        },
        output: json({ type: 'ref', ref: '#thing' }),
        errors: [{ name: 'NotFound' }, { name: 'Gone', description: 'It was here.' }],
      },
      thing: object({ id: { type: 'string' } }, ['id']),
      params: object({}),
    },
    'com.example.things.listThings': {
      main: {
        type: 'query',
        parameters: { type: 'params', properties: { limit: { type: 'integer' } } },
        output: json(object({ cursor: { type: 'string' } })),
      },
    },
    'com.example.things.putThing': {
      main: {
        type: 'procedure',
        input: json(object({ id: { type: 'string' } }, ['id'])),
        output: json(),
      },
    },
    'com.example.things.clear': { main: { type: 'procedure' } },
    'com.example.things.upload': {
      main: {
        type: 'procedure',
        parameters: {
          type: 'params',
          required: ['part'],
          properties: { part: { type: 'integer' } },
        },
        input: { encoding: 'image/*' },
        output: { encoding: 'application/octet-stream' },
      },
    },
    'com.example.things.tune': {
      main: {
        type: 'procedure',
        parameters: { type: 'params', required: ['on'], properties: { on: { type: 'boolean' } } },
      },
    },
    'com.example.things.watch': {
      main: {
        type: 'subscription',
        parameters: { type: 'params', properties: { cursor: { type: 'integer' } } },
        message: { schema: { type: 'union', refs: ['#event'] } },
        errors: [{ name: 'FutureCursor' }],
      },
      event: object({ seq: { type: 'integer' } }, ['seq']),
    },
    'com.example.ping': { main: { type: 'query' } },
  }

  it('carry their types in their descriptors', async () => {
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type * as lexicon from 'atproto.ts/lexicon'
      import type { UnknownMember, Typed } from 'atproto.ts/lexicon'
      import * as GetThing from './com.example.things.getThing.js'
      import * as Clear from './com.example.things.clear.js'
      import * as PutThing from './com.example.things.putThing.js'
      import * as Upload from './com.example.things.upload.js'
      import * as Watch from './com.example.things.watch.js'
      export type Checks = [
        Expect<Equal<GetThing.Params, { id: string; tags?: string[] | undefined }>>,
        Expect<Equal<GetThing.Output, GetThing.Thing>>,
        Expect<Equal<GetThing.Params2, { $type?: 'com.example.things.getThing#params' }>>,
        Expect<Equal<GetThing.ErrorName, 'NotFound' | 'Gone'>>,
        Expect<Equal<
          typeof GetThing.main,
          lexicon.Query<GetThing.Params, GetThing.Thing, 'NotFound' | 'Gone'>
        >>,
        Expect<Equal<typeof Clear.main, lexicon.Procedure<undefined, undefined, undefined, never>>>,
        Expect<Equal<typeof PutThing.main, lexicon.Procedure<undefined, { id: string }, unknown, never>>>,
        Expect<Equal<
          typeof Upload.main,
          lexicon.Procedure<{ part: number }, lexicon.BinaryInput, lexicon.BinaryOutput, never>
        >>,
        Expect<Equal<
          typeof Watch.main,
          lexicon.Subscription<Watch.Params, Typed<Watch.Event> | UnknownMember, 'FutureCursor'>
        >>,
      ]
    `
    expect(await compile(generateFrom(documents), program)).toEqual([])
  })

  it('name their encodings at run time, and none where there is no body', () => {
    const files = generateFrom(documents)
    expect(files.get('com.example.things.upload.ts')).toContain(
      `{
  nsid: 'com.example.things.upload',
  type: 'procedure',
  input: 'image/*',
  output: 'application/octet-stream',
}
`,
    )
    expect(files.get('com.example.things.clear.ts')).toContain(
      `{
  nsid: 'com.example.things.clear',
  type: 'procedure',
}
`,
    )
  })

  it('stand in a facade by service, with arguments that are optional where nothing is demanded', async () => {
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { CallOptions } from 'atproto.ts/xrpc'
      import type { BinaryInput } from 'atproto.ts/lexicon'
      import type { ComExample, ComExampleThings as Things } from './com.example.js'
      export type Checks = [
        Expect<Equal<ComExample['things'], Things>>,
        Expect<Equal<Parameters<Things['getThing']>, [
          params: { id: string; tags?: string[] | undefined }, options?: CallOptions | undefined]>>,
        Expect<Equal<Parameters<Things['listThings']>, [
          params?: { limit?: number | undefined } | undefined, options?: CallOptions | undefined]>>,
        Expect<Equal<Parameters<Things['putThing']>, [input: { id: string }, options?: CallOptions | undefined]>>,
        Expect<Equal<Parameters<Things['clear']>, [input?: undefined, options?: CallOptions | undefined]>>,
        Expect<Equal<Parameters<Things['upload']>, [
          input: BinaryInput, options: CallOptions & { params: { part: number } }]>>,
        Expect<Equal<Parameters<Things['tune']>, [
          input: undefined, options: CallOptions & { params: { on: boolean } }]>>,
        Expect<Equal<Parameters<ComExample['ping']>, [params?: undefined, options?: CallOptions | undefined]>>,
        Expect<Equal<keyof Things, 'clear' | 'getThing' | 'listThings' | 'putThing' | 'tune' | 'upload'>>,
      ]
    `
    expect(await compile(generateFrom(documents), program)).toEqual([])
  })

  it('stand in a table, one word each', () => {
    const text = generateFrom(documents).get('com.example.ts')
    expect(text).toContain(`export const comExample = {
  '': 'ping>',
  things: '!clear> getThing listThings !putThing !tune> !upload<image/*>application/octet-stream',
}
`)
  })

  it('make no facade where none is wanted', () => {
    expect(generateFrom(documents, { facades: false }).has('com.example.ts')).toBe(false)
  })
})

describe('maps', () => {
  const documents = {
    'com.example.thing': { main: record({}) },
    'com.example.profile': { main: record({}, [], 'literal:self') },
    'com.example.schema': { main: record({}, [], 'nsid') },
    'com.example.free': { main: record({}, [], 'any') },
    'com.example.getThing': { main: { type: 'query', errors: [{ name: 'ThingNotFound' }] } },
  }

  it('say which record and which key belong to a collection, and which errors to a method', async () => {
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type * as Thing from './com.example.thing.js'
      import type { DeclaredErrorName, MethodErrors } from './errors.js'
      import type { Records } from './records.js'
      import type { Nsid, RecordKey, Tid } from 'atproto.ts/syntax'
      export type Checks = [
        Expect<Equal<Records['com.example.thing'], { value: Thing.Main; key: Tid }>>,
        Expect<Equal<Records['com.example.profile']['key'], 'self'>>,
        Expect<Equal<Records['com.example.schema']['key'], Nsid>>,
        Expect<Equal<Records['com.example.free']['key'], RecordKey>>,
        Expect<Equal<MethodErrors, { 'com.example.getThing': 'ThingNotFound' }>>,
        Expect<Equal<DeclaredErrorName, 'ThingNotFound'>>,
      ]
    `
    expect(await compile(generateFrom(documents, { mergeInto: undefined }), program)).toEqual([])
  })

  it('add to those of the SDK', async () => {
    const program = `
      import type { Equal, Expect } from './expect.js'
      import type { DeclaredErrorName, MethodErrors } from 'atproto.ts/lexicons/errors'
      import type { Records } from 'atproto.ts/lexicons/records'
      import type * as Thing from './com.example.thing.js'
      export type Checks = [
        Expect<Equal<Records['com.example.thing']['value'], Thing.Main>>,
        Expect<Equal<Records['app.bsky.actor.profile']['key'], 'self'>>,
        Expect<Equal<MethodErrors['com.example.getThing'], 'ThingNotFound'>>,
      ]
      export const names: DeclaredErrorName[] = ['ThingNotFound', 'RecordNotFound']
    `
    expect(await compile(generateFrom(documents), program)).toEqual([])
  })
})

describe('docstrings', () => {
  it('hold the description and what the type cannot show', () => {
    const text = recordText(
      {
        name: {
          type: 'string',
          description: 'What it is called.',
          maxGraphemes: 64,
          minLength: 1,
          maxLength: 640,
        },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
        image: { type: 'blob', accept: ['image/png', 'image/jpeg'], maxSize: 1_000_000 },
        tags: { type: 'array', items: { type: 'string' }, maxLength: 1 },
        plain: { type: 'string' },
      },
      ['name', 'limit', 'image', 'tags', 'plain'],
    )
    expect(text).toContain(`  /**
   * What it is called.
   *
   * At most 64 graphemes, 1 to 640 bytes.
   */
  name: string
  /**
   * 1 to 100.
   *
   * @default 50
   */
  limit: number
  /** Accepts image/png, image/jpeg, at most 1,000,000 bytes. */
  image: BlobRef
  /** At most 1 item. */
  tags: string[]
  plain: string
`)
  })

  it('mark what the description calls deprecated', () => {
    const text = recordText({
      old: { type: 'string', description: 'DEPRECATED: use new instead' },
      older: { type: 'integer', description: 'Deprecated', maximum: 3 },
    })
    expect(text).toContain('  /** @deprecated use new instead */\n  old?')
    expect(text).toContain('  /**\n   * At most 3.\n   *\n   * @deprecated\n   */\n  older?')
  })

  it('name the document in the first line, and what it says of itself in the second', () => {
    const defs = { main: record({}) }
    const text = generate([
      { lexicon: 1, id: 'com.example.thing', description: 'All\nabout things.', defs },
    ]).get('com.example.thing.ts')
    expect(text?.split('\n', 2)).toEqual([
      '// Generated from the lexicon com.example.thing. Do not edit.',
      '// All about things.',
    ])
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
