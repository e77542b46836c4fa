// The imports of one generated module. All of them are of types, so they cost nothing at run time.

import type { Catalog } from './catalog.ts'
import { LINE_WIDTH } from './layout.ts'
import { Names, pascalCase, quote } from './names.ts'

/** A part of the SDK that generated code takes types from. */
export type Room = 'data' | 'lexicon' | 'syntax' | 'xrpc'

/** Gathers what a module uses while it is written. */
export class Imports {
  readonly #catalog: Catalog
  readonly #names: Names
  readonly #rooms = new Map<Room, Map<string, string>>()
  readonly #documents = new Map<string, string>()

  /** @param taken The names of the module's own declarations, which imports give way to. */
  constructor(catalog: Catalog, taken: Iterable<string>) {
    this.#catalog = catalog
    this.#names = new Names(taken)
  }

  /** The name under which the module knows a type of the SDK. */
  sdk(room: Room, type: string): string {
    const types = this.#rooms.get(room) ?? new Map<string, string>()
    this.#rooms.set(room, types)
    return getOrSet(types, type, () => this.#names.allocate(type))
  }

  /** The namespace under which the module knows the types of another document. */
  document(nsid: string): string {
    return getOrSet(this.#documents, nsid, () => this.#names.allocate(pascalCase(nsid)))
  }

  /** The import declarations, the SDK's first. */
  lines(): string[] {
    const rooms = [...this.#rooms].toSorted(byKey).map(([room, types]) => {
      const from = quote(this.#catalog.options.importFrom.replaceAll('{room}', room))
      const names = [...types]
        .toSorted(byKey)
        .map(([type, name]) => (type === name ? type : `${type} as ${name}`))
      const line = `import type { ${names.join(', ')} } from ${from}`
      if (line.length <= LINE_WIDTH) return line
      return `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from ${from}`
    })
    const documents = [...this.#documents].toSorted(byKey).map(([nsid, name]) => {
      return `import type * as ${name} from ${quote(this.#catalog.specifier(nsid))}`
    })
    return [...rooms, ...documents]
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
