// A value somewhere inside a JSON document, which remembers the way to it: whoever finds it wrong
// can say where. Nothing here trusts the document: it may come from anybody.

import { CodegenError } from './errors.ts'

/** A value and where it stands. */
export class Place {
  readonly document: string
  readonly path: string
  readonly value: unknown

  constructor(document: string, value: unknown, path = '') {
    this.document = document
    this.value = value
    this.path = path
  }

  /** Refuses the value. @throws CodegenError always */
  fail(problem: string): never {
    throw new CodegenError(this.document, this.path, problem)
  }

  /** The place of one key of an object; its value is `undefined` where the object has no such key. */
  at(key: string): Place {
    return new Place(this.document, this.#object()[key], joinPath(this.path, key))
  }

  /** Every key of an object, in the document's order. */
  entries(): [key: string, place: Place][] {
    return Object.keys(this.#object()).map((key) => [key, this.at(key)])
  }

  /** Every item of an array. */
  items(): Place[] {
    const { value } = this
    if (!Array.isArray(value)) return this.fail(`expected an array, found ${kindOf(value)}`)
    return value.map((item, i) => new Place(this.document, item, `${this.path}[${i}]`))
  }

  /** What `read` makes of the value, or `undefined` where there is none. */
  optional<T>(read: (place: Place) => T): T | undefined {
    return this.value === undefined ? undefined : read(this)
  }

  #object(): Record<string, unknown> {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.fail(`expected an object, found ${kindOf(value)}`)
    }
    return value as Record<string, unknown>
  }
}

/** Reads a string. */
export function readString(place: Place): string {
  if (typeof place.value === 'string') return place.value
  return place.fail(`expected a string, found ${kindOf(place.value)}`)
}

/** Reads a boolean. */
export function readBoolean(place: Place): boolean {
  if (typeof place.value === 'boolean') return place.value
  return place.fail(`expected a boolean, found ${kindOf(place.value)}`)
}

/** Reads an integer that a JavaScript number holds exactly. */
export function readInteger(place: Place): number {
  if (Number.isSafeInteger(place.value)) return place.value as number
  return place.fail(`expected an integer, found ${kindOf(place.value)}`)
}

/** Reads an integer that counts something. */
export function readCount(place: Place): number {
  const count = readInteger(place)
  return count >= 0 ? count : place.fail(`expected 0 or more, found ${count}`)
}

/** Reads an array of strings. */
export function readStrings(place: Place): string[] {
  return place.items().map(readString)
}

/** Reads an array of integers. */
export function readIntegers(place: Place): number[] {
  return place.items().map(readInteger)
}

/** The way to a key of the object at a path. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path ? `${path}.${key}` : key
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return `the number ${value}`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
