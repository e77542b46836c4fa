// What modules need to know of one another: who defines what, and under which name.

import type { Definition, LexiconDocument, Reference } from './document.ts'
import { Names, pascalCase } from './names.ts'
import type { Options } from './options.ts'
import type { DocumentSet } from './read-document.ts'

/** All documents, and the names that their definitions get in the code. */
export class Catalog {
  /** The documents that become modules. */
  readonly documents: ReadonlyMap<string, LexiconDocument>
  readonly options: Options
  /** The documents whose modules exist already. */
  readonly #library: ReadonlyMap<string, LexiconDocument>
  readonly #typeNames: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor({ documents, library }: DocumentSet, options: Options) {
    this.documents = documents
    this.options = options
    this.#library = library
    const known = [...library, ...documents]
    this.#typeNames = new Map(known.map(([nsid, doc]) => [nsid, nameTypes(doc)]))
  }

  /** What a reference points to, wherever its module is. */
  definition({ nsid, name }: Pick<Reference, 'nsid' | 'name'>): Definition | undefined {
    return (this.documents.get(nsid) ?? this.#library.get(nsid))?.defs.get(name)
  }

  /** Whether the maps that the generated ones are merged into have this document already. */
  isMerged(nsid: string): boolean {
    return this.options.mergeInto !== undefined && this.#library.has(nsid)
  }

  /** The name of the type that a definition becomes, in the module of its document. */
  typeName({ nsid, name }: Pick<Reference, 'nsid' | 'name'>): string {
    const typeName = this.#typeNames.get(nsid)?.get(name)
    if (!typeName) throw new RangeError(`${nsid} has no definition ${name}`)
    return typeName
  }

  /** The names of all types that a document's definitions become. */
  typeNames(nsid: string): Iterable<string> {
    return this.#typeNames.get(nsid)?.values() ?? []
  }

  /** The specifier by which a generated module imports that of a document. */
  specifier(nsid: string): string {
    const { extension, library } = this.options
    if (this.documents.has(nsid) || !library) return `./${nsid}${extension}`
    return library.importFrom.replaceAll('{nsid}', nsid)
  }
}

/** The names of the types that belong to a method as a whole. */
export const METHOD_TYPES: readonly string[] = ['Params', 'Input', 'Output', 'Message', 'ErrorName']

function nameTypes({ defs }: LexiconDocument): Map<string, string> {
  const main = defs.get('main')?.type
  const isMethod = main === 'query' || main === 'procedure' || main === 'subscription'
  // The same names in every method, so a definition called `params` has to give way.
  const names = new Names(isMethod ? METHOD_TYPES : [])
  return new Map([...defs.keys()].map((name) => [name, names.allocate(pascalCase(name))]))
}
