// Reads lexicon documents (https://atproto.com/specs/lexicon) of anybody's making.

import { JSON_ENCODING } from './document.ts'
import type {
  Body,
  DeclaredError,
  Definition,
  LexiconDocument,
  MethodDefinition,
} from './document.ts'
import { CodegenError } from './errors.ts'
import { Place, readString } from './place.ts'
import { readDescription, SchemaReader } from './read-schema.ts'

// The NSID specification's own reference expression; a document's id becomes a file name and part
// of the code, so nothing else may pass. The length is checked before it.
const NSID =
  /^[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+(\.[a-zA-Z][a-zA-Z0-9]{0,62})$/
const NSID_MAX_LENGTH = 317

// Not specified; wide enough for every name in use, and always a valid identifier in the end.
const DEFINITION_NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,127}$/

/** The documents to generate from, and those that they may refer to besides. */
export interface DocumentSet {
  /** By NSID, in its order. */
  documents: ReadonlyMap<string, LexiconDocument>
  library: ReadonlyMap<string, LexiconDocument>
}

/**
 * Reads documents, each the parsed JSON of one lexicon, and checks that their references meet.
 *
 * @param libraryInputs Documents that references may point to as well; their own are not followed.
 * @throws CodegenError where a document breaks the lexicon language, two share an NSID, or a
 *   reference points at nothing or at something it must not point at
 */
export function readDocuments(
  inputs: Iterable<unknown>,
  libraryInputs: Iterable<unknown> = [],
): DocumentSet {
  const documents = readDistinctDocuments(inputs)
  const library = new Map<string, LexiconDocument>()
  for (const input of libraryInputs) {
    const document = readDocument(input, `library[${library.size}]`)
    library.set(document.id, document)
  }
  const targets = new Map([...library, ...documents])
  for (const document of documents.values()) checkReferences(document, targets)
  // In one order, whatever order the documents came in.
  const sorted = [...documents].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { documents: new Map(sorted), library }
}

/**
 * Reads documents, each the parsed JSON of one lexicon, by NSID. Where their references lead is not
 * looked at.
 *
 * @throws CodegenError where a document breaks the lexicon language, or two share an NSID
 */
export function readDistinctDocuments(inputs: Iterable<unknown>): Map<string, LexiconDocument> {
  const documents = new Map<string, LexiconDocument>()
  const spellings = new Map<string, string>()
  let position = 0
  for (const input of inputs) {
    const document = readDocument(input, `documents[${position++}]`)
    // NSIDs that differ only in case are not allowed (NSID specification), and would share a file
    // where the file system does not tell them apart.
    const known = spellings.get(document.id.toLowerCase())
    if (known) {
      const problem =
        known === document.id ? 'there are two documents with this id' : `clashes with ${known}`
      throw new CodegenError(document.id, 'id', problem)
    }
    spellings.set(document.id.toLowerCase(), document.id)
    documents.set(document.id, document)
  }
  return documents
}

/**
 * Reads one document. Where its references lead is not looked at.
 *
 * @param fallbackName What errors call a document without an NSID.
 * @throws CodegenError where it breaks the lexicon language
 */
export function readDocument(input: unknown, fallbackName: string): LexiconDocument {
  const unnamed = new Place(fallbackName, input)
  const id = readString(unnamed.at('id'))
  if (id.length > NSID_MAX_LENGTH || !NSID.test(id)) {
    unnamed.at('id').fail(`${JSON.stringify(id)} is not an NSID`)
  }
  const place = new Place(id, input)
  if (place.at('lexicon').value !== 1) place.at('lexicon').fail('expected 1, the language version')

  const reader = new SchemaReader(id)
  const defs = new Map<string, Definition>()
  for (const [name, def] of place.at('defs').entries()) {
    if (!DEFINITION_NAME.test(name)) {
      def.fail('a definition is named with ASCII letters, digits, _ and -, a letter first')
    }
    defs.set(name, readDefinition(def, name, reader))
  }
  if (defs.size === 0) place.at('defs').fail('a document has at least one definition')
  return { id, description: readDescription(place), defs, references: reader.references }
}

function readDefinition(place: Place, name: string, reader: SchemaReader): Definition {
  const type = readString(place.at('type'))
  const description = readDescription(place)
  switch (type) {
    case 'record':
      expectMain(place, name, type)
      return {
        type,
        description,
        key: readRecordKeyType(place.at('key')),
        record: reader.object(place.at('record')),
      }
    case 'query':
    case 'procedure':
      expectMain(place, name, type)
      return readMethod(place, type, reader)
    case 'subscription':
      expectMain(place, name, type)
      return {
        type,
        description,
        parameters: place.at('parameters').optional((params) => reader.params(params)),
        message: reader.union(place.at('message').at('schema')),
        errors: readErrors(place),
      }
    case 'permission-set':
      expectMain(place, name, type)
      return { type, description }
    case 'token':
      return { type, description }
    default: {
      const schema = reader.schema(place)
      if (schema.type === 'ref' || schema.type === 'union' || schema.type === 'unknown') {
        return place.fail(`a ${type} cannot be a definition of its own`)
      }
      return schema
    }
  }
}

function readMethod(
  place: Place,
  type: MethodDefinition['type'],
  reader: SchemaReader,
): MethodDefinition {
  if (type === 'query' && place.at('input').value !== undefined) {
    place.at('input').fail('a query has no input')
  }
  return {
    type,
    description: readDescription(place),
    parameters: place.at('parameters').optional((params) => reader.params(params)),
    input: place.at('input').optional((body) => readBody(body, reader)),
    output: place.at('output').optional((body) => readBody(body, reader)),
    errors: readErrors(place),
  }
}

function readBody(place: Place, reader: SchemaReader): Body {
  const encoding = readString(place.at('encoding')).replaceAll(/\s/g, '')
  // Also what keeps an encoding apart from its neighbours in the method table.
  if (!/^[\w!#$&^.+*-]+\/[!-;=?-~]+$/.test(encoding))
    place.at('encoding').fail('expected a MIME type')
  const schema = place.at('schema').optional((schemaPlace) => {
    const type = readString(schemaPlace.at('type'))
    if (type === 'object') return reader.object(schemaPlace)
    if (type === 'ref') return reader.ref(schemaPlace)
    if (type === 'union') return reader.union(schemaPlace)
    return schemaPlace.fail(`a body is an object, a ref or a union, not ${type}`)
  })
  // Parameters, such as a charset, change nothing about JSON.
  const isJson = /^application\/json(;|$)/i.test(encoding)
  return {
    description: readDescription(place),
    encoding: isJson ? JSON_ENCODING : encoding,
    schema,
  }
}

function readErrors(place: Place): DeclaredError[] {
  const errors = place.at('errors').optional((list) => list.items()) ?? []
  return errors.map((error) => ({
    name: readErrorName(error.at('name')),
    description: readDescription(error),
  }))
}

function readErrorName(place: Place): string {
  const name = readString(place)
  return /^\S+$/.test(name) ? name : place.fail('the name of an error has no whitespace')
}

// Record key types: https://atproto.com/specs/record-key
function readRecordKeyType(place: Place): string {
  const key = readString(place)
  if (/^(any|nsid|tid|literal:[\w.:~-]{1,512})$/.test(key)) return key
  return place.fail(`expected any, nsid, tid or literal:…, found ${JSON.stringify(key)}`)
}

function expectMain(place: Place, name: string, type: string): void {
  if (name !== 'main') place.fail(`a ${type} has to be the definition main`)
}

function checkReferences(
  document: LexiconDocument,
  documents: ReadonlyMap<string, LexiconDocument>,
): void {
  for (const { nsid, name, from, path } of document.references) {
    const target = documents.get(nsid)
    if (!target) throw new CodegenError(document.id, path, `there is no document ${nsid}`)
    const type = target.defs.get(name)?.type
    if (!type) throw new CodegenError(document.id, path, `${nsid} has no definition ${name}`)
    const allowed =
      from === 'union' ? type === 'object' || type === 'record' : !NOT_REFERABLE.has(type)
    if (!allowed) {
      throw new CodegenError(document.id, path, `a ${from} cannot point at a ${type}`)
    }
  }
}

const NOT_REFERABLE: ReadonlySet<Definition['type']> = new Set([
  'query',
  'procedure',
  'subscription',
  'permission-set',
  'token',
])
