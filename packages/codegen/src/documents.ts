// Lexicon documents (https://atproto.com/specs/lexicon) of anybody's making, checked each and all
// together. What one may hold is for the SDK to say.

import { formatPath, LexiconError, parseLexicon, refProblem } from 'atproto.ts/lexicon'
import type { LexiconDefinition, LexiconDocument } from 'atproto.ts/lexicon'
import { isNsid } from 'atproto.ts/syntax'
import { CodegenError } from './errors.ts'
import { faultOf } from './faults.ts'
import { referencesOf } from './references.ts'
import { idOf } from './source-file.ts'

/** Documents by their NSID. */
export type Documents = ReadonlyMap<string, LexiconDocument>

/** The documents to generate from, and those that they may refer to besides. */
export interface DocumentSet {
  /** By NSID, in its order. */
  documents: Documents
  library: Documents
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
 * Reads documents, each the parsed JSON of one lexicon, by NSID. Where their references lead outside
 * themselves is not looked at.
 *
 * @throws CodegenError where a document breaks the lexicon language, or two share an NSID
 */
export function readDistinctDocuments(inputs: Iterable<unknown>): Documents {
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
      throw new CodegenError(document.id, { path: 'id', problem })
    }
    spellings.set(document.id.toLowerCase(), document.id)
    documents.set(document.id, document)
  }
  return documents
}

/**
 * Reads one document. Where its references lead outside itself is not looked at.
 *
 * @param fallbackName What errors call a document without an NSID.
 * @throws CodegenError where it breaks the lexicon language
 */
export function readDocument(input: unknown, fallbackName: string): LexiconDocument {
  try {
    const document = parseLexicon(input)
    checkEncodings(document)
    return document
  } catch (error) {
    if (!(error instanceof LexiconError)) throw error
    const id = idOf(input)
    const [first, ...others] = error.issues
    throw new CodegenError(
      isNsid(id) ? id : fallbackName,
      faultOf(first, input),
      ...others.map((issue) => faultOf(issue, input)),
    )
  }
}

/** What a document says under a name, which may be one of Object.prototype. */
export function definitionOf(
  document: LexiconDocument | undefined,
  name: string,
): LexiconDefinition | undefined {
  return document && Object.hasOwn(document.defs, name) ? document.defs[name] : undefined
}

/** An encoding has to stay apart from its neighbours in the table of methods. */
function checkEncodings({ id, defs }: LexiconDocument): void {
  const method = { input: undefined, output: undefined, ...defs['main'] }
  for (const part of ['input', 'output'] as const) {
    if (!method[part] || !/[<>]/.test(method[part].encoding)) continue
    const path = `defs.main.${part}.encoding`
    throw new CodegenError(id, { path, problem: 'expected a MIME type without < and >' })
  }
}

function checkReferences(document: LexiconDocument, documents: Documents): void {
  for (const { target, from, path } of referencesOf(document)) {
    const { nsid, name } = target
    const found = documents.get(nsid)
    const problem = found
      ? refProblem(from, target, definitionOf(found, name))
      : `a document ${nsid}`
    if (!problem) continue
    throw new CodegenError(document.id, { path: formatPath(path), problem: `expected ${problem}` })
  }
}
