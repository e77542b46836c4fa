import { describe, expect, it } from 'vitest'
import { generateFrom, json, object } from '../test/documents.ts'
import { compile } from '../test/tools.ts'

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
