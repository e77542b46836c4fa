// What modules need to know of one another: who defines what, and under which name.

import type { DefinitionRef, LexiconDefinition, LexiconDocument } from 'atproto.ts/lexicon'
import { definitionOf } from './documents.ts'
import type { Documents, DocumentSet } from './documents.ts'
import { constName, Names, pascalCase } from './names.ts'
import type { Options } from './options.ts'

/** All documents, and the names that their definitions get in the code. */
export class Catalog {
  /** The documents that become modules. */
  readonly documents: Documents
  readonly options: Options
  /** The documents whose modules exist already. */
  readonly #library: Documents
  readonly #typeNames: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly #valueNames: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor({ documents, library }: DocumentSet, options: Options) {
    this.documents = documents
    this.options = options
    this.#library = library
    const known = [...library, ...documents]
    this.#typeNames = new Map(known.map(([nsid, doc]) => [nsid, nameTypes(doc)]))
    this.#valueNames = new Map(known.map(([nsid, doc]) => [nsid, nameValues(doc)]))
  }

  /** What a reference points to, wherever its module is. */
  definition({ nsid, name }: DefinitionRef): LexiconDefinition | undefined {
    return definitionOf(this.documents.get(nsid) ?? this.#library.get(nsid), name)
  }

  /** Whether the maps that the generated ones are merged into have this document already. */
  isMerged(nsid: string): boolean {
    return this.options.mergeInto !== undefined && this.#library.has(nsid)
  }

  /** The name of the type that a definition becomes, in the module of its document. */
  typeName({ nsid, name }: DefinitionRef): string {
    const typeName = this.#typeNames.get(nsid)?.get(name)
    if (!typeName) throw new RangeError(`${nsid} has no definition ${name}`)
    return typeName
  }

  /** The name of the schema that a definition becomes, or of the constant that a token does. */
  valueName({ nsid, name }: DefinitionRef): string {
    const valueName = this.#valueNames.get(nsid)?.get(name)
    if (!valueName) throw new RangeError(`${nsid} has no definition ${name}`)
    return valueName
  }

  /** All names that the module of a document declares. */
  ownNames(nsid: string): string[] {
    return [
      ...(this.#typeNames.get(nsid)?.values() ?? []),
      ...METHOD_TYPES,
      ...(this.#valueNames.get(nsid)?.values() ?? []),
      ...METHOD_VALUES,
    ]
  }

  /** The specifier by which a generated module imports that of a document. */
  specifier(nsid: string): string {
    const { extension, library } = this.options
    if (this.documents.has(nsid) || !library) return `./${nsid}${extension}`
    return library.importFrom.replaceAll('{nsid}', nsid)
  }
}

/** The names of the types that belong to a method as a whole. */
const METHOD_TYPES: readonly string[] = ['Params', 'Input', 'Output', 'Message', 'ErrorName']

/** The names of the schemas that belong to a method as a whole. */
const METHOD_VALUES: readonly string[] = ['params', 'input', 'output', 'message']

function nameTypes(document: LexiconDocument): Map<string, string> {
  // The same names in every method, so a definition called `params` has to give way.
  const names = new Names(isMethod(document) ? METHOD_TYPES : [])
  return new Map(Object.keys(document.defs).map((name) => [name, names.allocate(pascalCase(name))]))
}

function nameValues(document: LexiconDocument): Map<string, string> {
  const names = new Names(isMethod(document) ? METHOD_VALUES : [])
  // Before any other that would have the same name, because `main` is what programs look for.
  const defs = new Set(['main', ...Object.keys(document.defs)])
  return new Map([...defs].map((name) => [name, names.allocate(constName(name))]))
}

function isMethod({ defs }: LexiconDocument): boolean {
  const main = defs['main']?.type
  return main === 'query' || main === 'procedure' || main === 'subscription'
}
