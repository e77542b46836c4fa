// The official documents, as they are and as the modules that the generator makes of them.

import { describe, expect, it } from 'vitest'
import { loadRecordSchema } from '../../lexicons/record-schemas.ts'
import { Lexicons, parseLexicon, Schema } from '../../src/lexicon/index.ts'
import type { LexiconDocument } from '../../src/lexicon/index.ts'

// By its URL, because the package's declarations do not compile under this house's flags.
const { schemas }: { schemas: { id: string }[] } = await import(import.meta.resolve('@atproto/api'))
const documents = schemas.map((json) => parseLexicon(json))
const lexicons = new Lexicons(schemas)

async function exportsOf({ id }: LexiconDocument): Promise<Record<string, unknown>> {
  return import(`../../lexicons/${id}.ts`)
}

const METHODS: ReadonlySet<string> = new Set(['query', 'procedure', 'subscription'])
const WITHOUT_VALUES: ReadonlySet<string> = new Set(['token', 'permission-set'])

function isSchema(value: unknown): value is Schema<unknown> {
  return value instanceof Schema
}

/** Values that are wrong in ways that any two schemas of the same shape say the same of. */
const PROBES: unknown[] = [undefined, null, 1, '', [], {}, { $type: 1 }, { $type: 'com.example.x' }]

describe('the official documents', () => {
  it('are valid', () => {
    expect(documents.length).toBeGreaterThan(300)
  })

  it('have schemas at run time that say the same as the generated ones', async () => {
    let compared = 0
    for (const document of documents) {
      const { id, defs } = document
      const generated = await exportsOf(document)
      const pairs: [unknown, Schema<unknown>][] = []
      const type = defs['main']?.type
      if (type === 'record') pairs.push([generated['main'], lexicons.record(id)])
      if (generated['params']) pairs.push([generated['params'], lexicons.params(id)])
      if (generated['output']) pairs.push([generated['output'], lexicons.output(id)])
      if (generated['input']) pairs.push([generated['input'], lexicons.input(id)])
      if (generated['message']) pairs.push([generated['message'], lexicons.message(id)])
      for (const [schema, atRunTime] of pairs) {
        expect(schema).toBeInstanceOf(Schema)
        for (const probe of PROBES) {
          expect((schema as Schema<unknown>).safeParse(probe), id).toEqual(
            atRunTime.safeParse(probe),
          )
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(400)
  })

  it('have a schema for every definition that has values', async () => {
    for (const document of documents) {
      const kinds = Object.values(document.defs).map(({ type }) => type)
      const found = Object.values(await exportsOf(document)).filter(isSchema)
      const ofMethod = found.filter((schema) => METHODS.has(kinds[0] ?? '') && !schema.type)
      const expected = kinds.filter((type) => !METHODS.has(type) && !WITHOUT_VALUES.has(type))
      expect(found.length - ofMethod.length, document.id).toBe(expected.length)
    }
  })
})

describe('loadRecordSchema', () => {
  it('gives the schema of each collection', async () => {
    const collections = documents.filter(({ defs }) => defs['main']?.type === 'record')
    expect(collections.length).toBeGreaterThan(15)
    for (const { id } of collections) expect((await loadRecordSchema(id))?.nsid).toBe(id)
  })

  it('gives nothing where there is no such collection', async () => {
    expect(await loadRecordSchema('com.example.thing')).toBeUndefined()
    expect(await loadRecordSchema('constructor')).toBeUndefined()
  })
})
