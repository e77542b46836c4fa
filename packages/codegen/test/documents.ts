// Short forms for the documents of tests.

import type { Options } from '../src/index.ts'
import { generate } from '../src/index.ts'

/** Generates the code of documents given as their definitions, by NSID. */
export function generateFrom(
  documents: Record<string, object>,
  options: Partial<Options> = {},
): Map<string, string> {
  const inputs = Object.entries(documents).map(([id, defs]) => ({ lexicon: 1, id, defs }))
  return generate(inputs, options)
}

/** An object schema; `required` are the names that have to be there. */
export function object(properties: object, required: string[] = []): object {
  return { type: 'object', properties, required }
}

/** A record definition. */
export function record(properties: object, required: string[] = [], key = 'tid'): object {
  return { type: 'record', key, record: object(properties, required) }
}

/** A JSON body. */
export function json(schema?: object): object {
  return { encoding: 'application/json', ...(schema && { schema }) }
}
