import { describe, expect, it } from 'vitest'
import { generateFrom, object, record } from '../test/documents.ts'
import { CodegenError } from './errors.ts'
import { generate } from './generate.ts'
import { readDocuments } from './documents.ts'

const ID = 'com.example.thing'
const DEFINITIONS =
  'boolean, integer, string, bytes, cid-link, blob, array, object, token, record, query, procedure, subscription, permission-set'

/** The message of the error that stops the generator. */
function errorOf(...documents: unknown[]): string {
  try {
    generate(documents)
  } catch (error) {
    if (error instanceof CodegenError) return error.message
    throw error
  }
  return 'none'
}

function lexicon(defs: unknown, id: unknown = ID): unknown {
  return { lexicon: 1, id, defs }
}

/** A document whose only definition is `main`. */
function main(def: unknown): unknown {
  return lexicon({ main: def })
}

function property(schema: unknown): unknown {
  return main({ type: 'object', properties: { a: schema } })
}

describe('documents', () => {
  const cases: [title: string, document: unknown, message: string][] = [
    ['no object', 'lexicon', 'documents[0]: expected an object, found "lexicon"'],
    ['null', null, 'documents[0]: expected an object, found null'],
    ['without an id', { lexicon: 1 }, 'documents[0] at id: expected this field (and 1 more)'],
    [
      'an id that is no NSID',
      lexicon({}, 'thing'),
      'documents[0] at id: expected an NSID, found "thing" (and 1 more)',
    ],
    [
      'an id that leads out of the folder',
      lexicon({}, '../../com.example.thing'),
      'documents[0] at id: expected an NSID, found "../../com.example.thing" (and 1 more)',
    ],
    [
      'another language version',
      { lexicon: 2, id: ID, defs: {} },
      `${ID} at lexicon: expected 1, found 2 (and 1 more)`,
    ],
    ['no definitions', lexicon({}), `${ID} at defs: expected at least one definition`],
    ['defs as an array', lexicon([]), `${ID} at defs: expected an object, found an array`],
    [
      'a name that is not ASCII',
      lexicon({ größe: { type: 'token' } }),
      `${ID} at defs["größe"]: expected a name of ASCII letters, digits, _ and -, a letter first`,
    ],
    [
      'a definition without a type',
      lexicon({ main: {} }),
      `${ID} at defs.main.type: expected one of the types ${DEFINITIONS}, found nothing`,
    ],
    [
      'a type that does not exist',
      main({ type: 'float' }),
      `${ID} at defs.main.type: expected one of the types ${DEFINITIONS}, found "float"`,
    ],
    [
      'a ref as a definition',
      main({ type: 'ref', ref: '#main' }),
      `${ID} at defs.main.type: expected one of the types ${DEFINITIONS}, found "ref"`,
    ],
    [
      'a record that is not main',
      lexicon({ thing: record({}) }),
      `${ID} at defs.thing: expected a record to be the definition main`,
    ],
    [
      'a record key that does not exist',
      main({ ...record({}), key: 'uuid' }),
      `${ID} at defs.main.key: expected any, nsid, tid or literal:…, found "uuid"`,
    ],
    [
      'a record that is no object',
      main({ type: 'record', key: 'tid', record: { type: 'string' } }),
      `${ID} at defs.main.record.type: expected "object", found "string" (and 1 more)`,
    ],
    [
      'a query with an input',
      main({ type: 'query', input: { encoding: 'a/b' } }),
      `${ID} at defs.main.input: expected no input of a query`,
    ],
    [
      'a body that is an array',
      main({ type: 'procedure', output: { encoding: 'a/b', schema: { type: 'array' } } }),
      `${ID} at defs.main.output.schema.type: expected one of the types object, ref, union, found "array"`,
    ],
    [
      'a parameter that is an object',
      main({ type: 'query', parameters: { type: 'params', properties: { a: object({}) } } }),
      `${ID} at defs.main.parameters.properties.a.type: expected one of the types boolean, integer, string, array, found "object"`,
    ],
    [
      'a message that is no union',
      main({ type: 'subscription', message: { schema: object({}) } }),
      `${ID} at defs.main.message.schema.type: expected "union", found "object" (and 1 more)`,
    ],
    [
      'an error without a name',
      main({ type: 'query', errors: [{ description: 'x' }] }),
      `${ID} at defs.main.errors[0].name: expected this field`,
    ],
    [
      'an error with more than one word for a name',
      main({ type: 'query', errors: [{ name: 'Not Found' }] }),
      `${ID} at defs.main.errors[0].name: expected a name without whitespace, found "Not Found"`,
    ],
    [
      'a required property that does not exist',
      main(object({ a: { type: 'integer' } }, ['a', 'b'])),
      `${ID} at defs.main.required: expected a property "b"`,
    ],
    [
      'a limit that is no integer',
      property({ type: 'string', maxLength: 1.5 }),
      `${ID} at defs.main.properties.a.maxLength: expected an integer within ±(2^53−1), found 1.5`,
    ],
    [
      'a negative length',
      property({ type: 'bytes', maxLength: -1 }),
      `${ID} at defs.main.properties.a.maxLength: expected at least 0, found -1`,
    ],
    [
      'an enum of the wrong type',
      property({ type: 'integer', enum: [1, '2'] }),
      `${ID} at defs.main.properties.a.enum[1]: expected an integer within ±(2^53−1), found "2"`,
    ],
    [
      'an array without items',
      property({ type: 'array' }),
      `${ID} at defs.main.properties.a.items: expected this field`,
    ],
    [
      'a closed union of nothing',
      property({ type: 'union', refs: [], closed: true }),
      `${ID} at defs.main.properties.a: expected a ref, or no closed union`,
    ],
    [
      'text that is no reference',
      property({ type: 'ref', ref: 'com.example.thing#a#b' }),
      `${ID} at defs.main.properties.a.ref: expected nsid, nsid#name or #name, found "com.example.thing#a#b"`,
    ],
    [
      'a reference to a document that is not there',
      property({ type: 'ref', ref: 'com.example.gone' }),
      `${ID} at defs.main.properties.a.ref: expected a document com.example.gone`,
    ],
    [
      'a reference to a definition that is not there',
      property({ type: 'ref', ref: '#constructor' }),
      `${ID} at defs.main.properties.a.ref: expected a definition constructor in ${ID}`,
    ],
    [
      'a reference to a token',
      lexicon({ main: object({ a: { type: 'ref', ref: '#t' } }), t: { type: 'token' } }),
      `${ID} at defs.main.properties.a.ref: expected a definition with values, not a token`,
    ],
    [
      'a union member that is no object',
      lexicon({ main: object({ a: { type: 'union', refs: ['#t'] } }), t: { type: 'string' } }),
      `${ID} at defs.main.properties.a.refs[0]: expected an object or a record, not a string`,
    ],
  ]

  it.each(cases)('are refused: %s', (_, document, message) => {
    expect(errorOf(document)).toBe(message)
  })

  it('are refused where two have the same id, even in other letters', () => {
    const one = lexicon({ main: { type: 'token' } })
    const other = lexicon({ main: { type: 'token' } }, 'com.example.Thing')
    expect(errorOf(one, one)).toBe(`${ID} at id: there are two documents with this id`)
    expect(errorOf(one, other)).toBe(`com.example.Thing at id: clashes with ${ID}`)
  })

  it('are refused where a method and a service have one place in the facade', () => {
    const documents = {
      'com.example.thing': { main: { type: 'query' } },
      'com.example.thing.get': { main: { type: 'query' } },
    }
    expect(() => generateFrom(documents)).toThrow(/generate without facades/)
    expect(generateFrom(documents, { facades: false }).size).toBe(2)
  })

  it('may hold fields that the language does not know', () => {
    const document = { ...Object(main({ type: 'token' })), $type: 'x', other: { $1: [] } }
    expect(readDocuments([document]).documents.get(ID)).toBe(document)
  })

  it('are refused with everything that is wrong with one', () => {
    const document = lexicon(
      { main: { type: 'token', description: 1 }, two: { type: 'blob' } },
      'x',
    )
    expect(() => readDocuments([document])).toThrow(
      expect.objectContaining({
        document: 'documents[0]',
        path: 'id',
        faults: [
          { path: 'id', problem: 'expected an NSID, found "x"' },
          { path: 'defs.main.description', problem: 'expected a string, found 1' },
        ],
      }),
    )
  })
})
