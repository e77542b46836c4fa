// The imports of one generated module. Types cost nothing at run time, and what only a schema needs
// is gone where nobody uses the schema.

import type { Catalog } from './catalog.ts'
import { LINE_WIDTH } from './layout.ts'
import { Names, pascalCase, quote } from './names.ts'

/** A part of the SDK that generated code takes types from. */
export type Room = 'data' | 'lexicon' | 'syntax' | 'xrpc'

/** Gathers what a module uses while it is written. */
export class Imports {
  readonly #catalog: Catalog
  readonly #names: Names
  readonly #types = new Map<Room, Map<string, string>>()
  readonly #values = new Map<Room, Map<string, string>>()
  readonly #documents = new Map<string, string>()
  readonly #documentsWithValues = new Set<string>()

  /** @param taken The names of the module's own declarations, which imports give way to. */
  constructor(catalog: Catalog, taken: Iterable<string>) {
    this.#catalog = catalog
    this.#names = new Names(taken)
  }

  /** The name under which the module knows a type of the SDK. */
  sdk(room: Room, type: string): string {
    return this.#allocate(this.#types, room, type)
  }

  /** The name under which the module knows something of the SDK that is there at run time. */
  sdkValue(room: Room, value: string): string {
    return this.#allocate(this.#values, room, value)
  }

  /** The namespace under which the module knows the types of another document. */
  document(nsid: string): string {
    return getOrSet(this.#documents, nsid, () => this.#names.allocate(pascalCase(nsid)))
  }

  /** The same, with the schemas of the document in it. */
  documentValue(nsid: string): string {
    this.#documentsWithValues.add(nsid)
    return this.document(nsid)
  }

  /** The import declarations, the SDK's first. */
  lines(): string[] {
    const rooms = [...new Set([...this.#values.keys(), ...this.#types.keys()])].toSorted()
    const documents = [...this.#documents].toSorted(byKey).map(([nsid, name]) => {
      const keyword = this.#documentsWithValues.has(nsid) ? 'import' : 'import type'
      return `${keyword} * as ${name} from ${quote(this.#catalog.specifier(nsid))}`
    })
    return [
      ...rooms.flatMap((room) => [
        ...this.#roomLines('import', room, this.#values.get(room)),
        ...this.#roomLines('import type', room, this.#types.get(room)),
      ]),
      ...documents,
    ]
  }

  #allocate(rooms: Map<Room, Map<string, string>>, room: Room, wanted: string): string {
    const names = getOrSet(rooms, room, () => new Map<string, string>())
    return getOrSet(names, wanted, () => this.#names.allocate(wanted))
  }

  #roomLines(keyword: string, room: Room, imported?: ReadonlyMap<string, string>): string[] {
    if (!imported) return []
    const from = quote(this.#catalog.options.importFrom.replaceAll('{room}', room))
    const names = [...imported]
      .toSorted(byKey)
      .map(([original, name]) => (original === name ? name : `${original} as ${name}`))
    const line = `${keyword} { ${names.join(', ')} } from ${from}`
    if (line.length <= LINE_WIDTH) return [line]
    return [`${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from ${from}`]
  }
}

function getOrSet<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const value = map.get(key) ?? create()
  map.set(key, value)
  return value
}

/** By code unit, so that the order is the same in every locale. */
function byKey([a]: [string, string | object], [b]: [string, string | object]): number {
  return a < b ? -1 : 1
}
