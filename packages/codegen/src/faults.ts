// What the SDK objects to in a document, for people who look at the document.

import { formatPath } from 'atproto.ts/lexicon'
import type { Issue } from 'atproto.ts/lexicon'
import type { Fault } from './errors.ts'

/** The longest value that a message quotes, in characters of JSON. */
const MAX_QUOTED = 80

/** What is about more than the value in its place, and says so. */
const SAYS_ALL: ReadonlySet<Issue['code']> = new Set([
  'missing',
  'contradiction',
  'unresolved-ref',
  'endless-ref',
])

/** An issue as a fault, which also says what was found where that is not plain. */
export function faultOf({ code, path, message }: Issue, document: unknown): Fault {
  let value = document
  for (const key of path) value = Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined
  const found = SAYS_ALL.has(code) ? '' : describeFound(value, code)
  return { path: formatPath(path), problem: found ? `${message}, found ${found}` : message }
}

function describeFound(value: unknown, code: Issue['code']): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value !== 'object') return JSON.stringify(value).slice(0, MAX_QUOTED)
  // Of an object, a fault that is not its being one has said all.
  if (code !== 'wrong-type') return ''
  return Array.isArray(value) ? 'an array' : 'an object'
}
