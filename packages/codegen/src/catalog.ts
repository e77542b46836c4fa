// What modules need to know of one another: who defines what, and under which name.

import type { LexiconDocument, Reference } from './document.ts'
import { Names, pascalCase } from './names.ts'
import type { Options } from './options.ts'

/** All documents, and the names that their definitions get in the code. */
export class Catalog {
  readonly documents: ReadonlyMap<string, LexiconDocument>
  readonly options: Options
  readonly #typeNames: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor(documents: ReadonlyMap<string, LexiconDocument>, options: Options) {
    this.documents = documents
    this.options = options
    this.#typeNames = new Map([...documents].map(([nsid, doc]) => [nsid, nameTypes(doc)]))
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

  /** The specifier by which one generated module imports another. */
  specifier(module: string): string {
    return `./${module}${this.options.extension}`
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
