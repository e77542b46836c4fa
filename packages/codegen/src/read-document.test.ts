import { describe, expect, it } from 'vitest'
import { generateFrom, object, record } from '../test/documents.ts'
import { CodegenError } from './errors.ts'
import { generate } from './generate.ts'
import { readDocuments } from './read-document.ts'

const ID = 'com.example.thing'

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
    ['no object', 'lexicon', 'documents[0]: expected an object, found a string'],
    ['null', null, 'documents[0]: expected an object, found null'],
    ['without an id', { lexicon: 1 }, 'documents[0] at id: expected a string, found nothing'],
    ['an id that is no NSID', lexicon({}, 'thing'), 'documents[0] at id: "thing" is not an NSID'],
    [
      'an id that leads out of the folder',
      lexicon({}, '../../com.example.thing'),
      'documents[0] at id: "../../com.example.thing" is not an NSID',
    ],
    [
      'another language version',
      { lexicon: 2, id: ID, defs: {} },
      `${ID} at lexicon: expected 1, the language version`,
    ],
    ['no definitions', lexicon({}), `${ID} at defs: a document has at least one definition`],
    ['defs as an array', lexicon([]), `${ID} at defs: expected an object, found an array`],
    [
      'a name that is not ASCII',
      lexicon({ größe: { type: 'token' } }),
      `${ID} at defs["größe"]: a definition is named with ASCII letters, digits, _ and -, a letter first`,
    ],
    [
      'a definition without a type',
      lexicon({ main: {} }),
      `${ID} at defs.main.type: expected a string, found nothing`,
    ],
    [
      'a type that does not exist',
      main({ type: 'float' }),
      `${ID} at defs.main.type: no schema has the type "float"`,
    ],
    [
      'a ref as a definition',
      main({ type: 'ref', ref: '#main' }),
      `${ID} at defs.main: a ref cannot be a definition of its own`,
    ],
    [
      'a record that is not main',
      lexicon({ thing: record({}) }),
      `${ID} at defs.thing: a record has to be the definition main`,
    ],
    [
      'a record key that does not exist',
      main({ ...record({}), key: 'uuid' }),
      `${ID} at defs.main.key: expected any, nsid, tid or literal:…, found "uuid"`,
    ],
    [
      'a record that is no object',
      main({ type: 'record', key: 'tid', record: { type: 'string' } }),
      `${ID} at defs.main.record.type: expected the type object, found string`,
    ],
    [
      'a query with an input',
      main({ type: 'query', input: { encoding: 'a/b' } }),
      `${ID} at defs.main.input: a query has no input`,
    ],
    [
      'a body that is an array',
      main({ type: 'procedure', output: { encoding: 'a/b', schema: { type: 'array' } } }),
      `${ID} at defs.main.output.schema: a body is an object, a ref or a union, not array`,
    ],
    [
      'a parameter that is an object',
      main({ type: 'query', parameters: { type: 'params', properties: { a: object({}) } } }),
      `${ID} at defs.main.parameters.properties.a: a parameter is a boolean, integer or string, or an array of one of these, not object`,
    ],
    [
      'a message that is no union',
      main({ type: 'subscription', message: { schema: object({}) } }),
      `${ID} at defs.main.message.schema.type: expected the type union, found object`,
    ],
    [
      'an error without a name',
      main({ type: 'query', errors: [{ description: 'x' }] }),
      `${ID} at defs.main.errors[0].name: expected a string, found nothing`,
    ],
    [
      'an error with more than one word for a name',
      main({ type: 'query', errors: [{ name: 'Not Found' }] }),
      `${ID} at defs.main.errors[0].name: the name of an error has no whitespace`,
    ],
    [
      'a required property that does not exist',
      main(object({ a: { type: 'integer' } }, ['a', 'b'])),
      `${ID} at defs.main.required[1]: there is no property "b"`,
    ],
    [
      'a limit that is no integer',
      property({ type: 'string', maxLength: 1.5 }),
      `${ID} at defs.main.properties.a.maxLength: expected an integer, found the number 1.5`,
    ],
    [
      'a negative length',
      property({ type: 'bytes', maxLength: -1 }),
      `${ID} at defs.main.properties.a.maxLength: expected 0 or more, found -1`,
    ],
    [
      'an enum of the wrong type',
      property({ type: 'integer', enum: [1, '2'] }),
      `${ID} at defs.main.properties.a.enum[1]: expected an integer, found a string`,
    ],
    [
      'an array without items',
      property({ type: 'array' }),
      `${ID} at defs.main.properties.a.items: expected an object, found nothing`,
    ],
    [
      'a closed union of nothing',
      property({ type: 'union', refs: [], closed: true }),
      `${ID} at defs.main.properties.a: a closed union needs at least one ref`,
    ],
    [
      'text that is no reference',
      property({ type: 'ref', ref: 'com.example.thing#a#b' }),
      `${ID} at defs.main.properties.a.ref: "com.example.thing#a#b" is no reference: write nsid, nsid#name or #name`,
    ],
    [
      'a reference to a document that is not there',
      property({ type: 'ref', ref: 'com.example.gone' }),
      `${ID} at defs.main.properties.a.ref: there is no document com.example.gone`,
    ],
    [
      'a reference to a definition that is not there',
      property({ type: 'ref', ref: '#constructor' }),
      `${ID} at defs.main.properties.a.ref: ${ID} has no definition constructor`,
    ],
    [
      'a reference to a token',
      lexicon({ main: object({ a: { type: 'ref', ref: '#t' } }), t: { type: 'token' } }),
      `${ID} at defs.main.properties.a.ref: a ref cannot point at a token`,
    ],
    [
      'a union member that is no object',
      lexicon({ main: object({ a: { type: 'union', refs: ['#t'] } }), t: { type: 'string' } }),
      `${ID} at defs.main.properties.a.refs[0]: a union cannot point at a string`,
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
    const document = main({ type: 'permission-set', permissions: [], 'title:lang': { fr: 'x' } })
    expect(readDocuments([document]).documents.get(ID)?.defs.get('main')?.type).toBe(
      'permission-set',
    )
  })
})
