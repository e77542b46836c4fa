// Checks lexicon documents of anybody's making.

import { readRef } from './definition-ref.ts'
import type { DefinitionRef } from './definition-ref.ts'
import { refsOf } from './document-refs.ts'
import type { PlacedRef } from './document-refs.ts'
import { LexiconError } from './lexicon-error.ts'
import type { Issues } from './lexicon-error.ts'
import type { LexiconDefinition, LexiconDocument } from './lexicon-document.ts'
import { lexiconLanguage } from './lexicon-language.ts'
import { isObject } from './schema.ts'
import { Validation } from './validation.ts'

/** How a document is checked. */
export interface ParseLexiconOptions {
  /** Stops at the first issue, for when nobody reads the others. */
  firstOnly?: boolean | undefined
}

/**
 * Checks a document against the whole lexicon language: what may stand where, limits that leave room
 * for values, references that have the syntax and, within the document, a definition to point at.
 * References to other documents are for `Lexicons`.
 *
 * @returns The document, as it is.
 * @throws {@link LexiconError} with everything that is wrong with it, or the first fault only
 * @example
 * ```ts
 * const document = parseLexicon(JSON.parse(await readFile('com.example.thing.json', 'utf8')))
 * ```
 */
export function parseLexicon(json: unknown, options: ParseLexiconOptions = {}): LexiconDocument {
  const validation = new Validation(options)
  if (
    lexiconLanguage.check(json, validation, 0) &&
    checkRefs(json as LexiconDocument, validation)
  ) {
    return json as LexiconDocument
  }
  const id = isObject(json) && typeof json['id'] === 'string' ? json['id'].slice(0, 317) : ''
  throw new LexiconError(validation.issues as Issues, id)
}

function checkRefs(document: LexiconDocument, validation: Validation): boolean {
  const inevitable = new Map<string, PlacedRef[]>()
  for (const name of Object.keys(document.defs)) {
    const refs = refsOf(document, name)
    for (const placed of refs) {
      if (!checkRef(placed, document, validation) && validation.stops) return false
    }
    inevitable.set(
      name,
      refs.filter(({ isInevitable }) => isInevitable),
    )
  }
  if (validation.issues.length > 0) return false
  const endless = findCycle(inevitable, document.id)
  if (!endless) return true
  validation.fail('endless-ref', 'a value that ends: this field requires itself')
  validation.issues.at(-1)?.path.push(...endless.path)
  return false
}

/** Checks a reference that points into the document itself. */
function checkRef(
  { ref, from, path }: PlacedRef,
  { id, defs }: LexiconDocument,
  validation: Validation,
): boolean {
  const target = readRef(ref, id)
  if (target?.nsid !== id) return true
  const problem = refProblem(
    from,
    target,
    Object.hasOwn(defs, target.name) ? defs[target.name] : undefined,
  )
  if (!problem) return true
  validation.fail('unresolved-ref', problem)
  validation.issues.at(-1)?.path.push(...path)
  return false
}

/** What is expected of the definition that a reference points at, where it is not that. */
export function refProblem(
  from: 'ref' | 'union',
  { nsid, name }: DefinitionRef,
  definition: LexiconDefinition | undefined,
): string | undefined {
  if (!definition) return `a definition ${name} in ${nsid}`
  const { type } = definition
  if (type === 'object' || type === 'record') return undefined
  if (from === 'union') return `an object or a record, not a ${type}`
  return NOT_REFERABLE.has(type) ? `a definition with values, not a ${type}` : undefined
}

const NOT_REFERABLE: ReadonlySet<string> = new Set([
  'query',
  'procedure',
  'subscription',
  'permission-set',
  'token',
])

/**
 * A reference by which a definition comes back to itself. Without recursion, because a document may
 * chain any number of definitions.
 */
function findCycle(
  inevitable: ReadonlyMap<string, readonly PlacedRef[]>,
  id: string,
): PlacedRef | undefined {
  const done = new Set<string>()
  for (const start of inevitable.keys()) {
    const way: { name: string; rest: PlacedRef[] }[] = []
    const onWay = new Set<string>()
    const enter = (name: string): void => {
      onWay.add(name)
      way.push({ name, rest: [...(inevitable.get(name) ?? [])] })
    }
    if (!done.has(start)) enter(start)
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const next = here.rest.pop()
      if (!next) {
        done.add(here.name)
        onWay.delete(here.name)
        way.pop()
        continue
      }
      const target = readRef(next.ref, id)
      if (target?.nsid !== id) continue
      if (onWay.has(target.name)) return next
      if (!done.has(target.name)) enter(target.name)
    }
  }
  return undefined
}
