import { describe, expect, it } from 'vitest'
import { generateFrom, record } from '../test/documents.ts'
import { compile } from '../test/tools.ts'

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
