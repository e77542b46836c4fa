// Compares two versions of lexicons by the rules of their evolution
// (https://atproto.com/specs/lexicon#lexicon-evolution): old data has to be valid under the new
// version, and new data under the old one. What neither says anything about is not looked at:
// descriptions, defaults, known values, declared errors, and new definitions.

import { formatPath } from 'atproto.ts/lexicon'
import type {
  LexiconBody,
  LexiconDefinition,
  LexiconDocument,
  LexiconObject,
  LexiconParams,
  LexiconSchema,
  LexiconUnion,
} from 'atproto.ts/lexicon'
import { definitionOf } from '../documents.ts'
import type { Documents } from '../documents.ts'
import { encodingOf } from '../encoding.ts'
import { targetOf, withFullRefs } from '../references.ts'
import { RULES } from './finding.ts'
import type { Finding, Rule } from './finding.ts'
import { lostPermissions } from './permissions.ts'
import { limitChanges, mimeTypeChanges, valueChanges } from './value-set.ts'
import type { Change, ValueSchema } from './value-set.ts'

/**
 * What breaks between two versions of documents, in the order of the older ones. Documents that are
 * new break nothing.
 */
export function compareDocuments(before: Documents, after: Documents): Finding[] {
  const [old, now] = [withRefs(before), withRefs(after)]
  return [...old.values()].flatMap((document) => {
    const successor = now.get(document.id)
    const comparison = new Comparison(document.id, old, now)
    if (successor) comparison.document(document, successor)
    else comparison.find([], 'document-removed', 'the document is gone')
    return comparison.findings
  })
}

/** What is compared may come out of another document: a reference has to be good in any. */
function withRefs(documents: Documents): Documents {
  return new Map(Array.from(documents, ([nsid, document]) => [nsid, withFullRefs(document)]))
}

/** The way to a part of a document. */
type Path = readonly string[]

/** A definition, or a schema within one. */
type Part = LexiconDefinition | LexiconSchema

class Comparison {
  readonly findings: Finding[] = []
  readonly #document: string
  readonly #before: Documents
  readonly #after: Documents
  /** Pairs of definitions whose comparison has begun: they may refer to themselves. */
  readonly #begun = new Set<string>()

  constructor(document: string, before: Documents, after: Documents) {
    this.#document = document
    this.#before = before
    this.#after = after
  }

  find(path: Path, rule: Rule, message: string): void {
    const document = this.#document
    this.findings.push({ document, path: formatPath(path), rule, breaks: RULES[rule], message })
  }

  document(before: LexiconDocument, after: LexiconDocument): void {
    for (const [name, definition] of Object.entries(before.defs)) {
      const path = ['defs', name]
      const successor = definitionOf(after, name)
      if (successor) this.#definition(definition, successor, path)
      else this.find(path, 'definition-removed', 'the definition is gone')
    }
  }

  #definition(before: Part, after: Part, path: Path): void {
    if (before.type === 'record' && after.type === 'record') {
      this.#recordKey(before.key, after.key, [...path, 'key'])
      this.#object(before.record, after.record, [...path, 'record'])
    } else if (
      (before.type === 'query' && after.type === 'query') ||
      (before.type === 'procedure' && after.type === 'procedure')
    ) {
      const [old, now] = [
        { input: undefined, ...before },
        { input: undefined, ...after },
      ]
      this.#params(before.parameters, after.parameters, path)
      this.#body(old.input, now.input, [...path, 'input'])
      this.#body(before.output, after.output, [...path, 'output'])
    } else if (before.type === 'subscription' && after.type === 'subscription') {
      this.#params(before.parameters, after.parameters, path)
      this.#union(before.message.schema, after.message.schema, [...path, 'message', 'schema'])
    } else if (before.type === 'permission-set' && after.type === 'permission-set') {
      for (const lost of lostPermissions(this.#document, before, after)) {
        this.find([...path, 'permissions'], 'permission-removed', lost)
      }
    } else if (isSchema(before) && isSchema(after)) {
      this.#schema(before, after, path)
    } else {
      this.#type(before.type, after.type, path)
    }
  }

  #schema(before: LexiconSchema, after: LexiconSchema, path: Path): void {
    if (before.type === 'ref' || after.type === 'ref') return this.#referred(before, after, path)
    if (before.type === 'object' && after.type === 'object')
      return this.#object(before, after, path)
    if (before.type === 'union' && after.type === 'union') return this.#union(before, after, path)
    if (before.type !== after.type) return this.#type(before.type, after.type, path)
    this.#changes(limitChanges(before, after), path)
    if (before.type === 'array' && after.type === 'array') {
      this.#schema(before.items, after.items, [...path, 'items'])
    }
    if (before.type === 'blob' && after.type === 'blob') {
      this.#changes(mimeTypeChanges(before.accept, after.accept), path)
    }
    if (before.type === 'string' && after.type === 'string') {
      this.#format(before.format, after.format, [...path, 'format'])
    }
    if (hasValues(before) && hasValues(after)) this.#changes(valueChanges(before, after), path)
  }

  /** Data does not show whether its schema stands in place or is referred to. */
  #referred(before: LexiconSchema, after: LexiconSchema, path: Path): void {
    const [oldName, newName] = [nameOf(before), nameOf(after)]
    // What has the same name is compared where it is defined.
    if (oldName === newName) return
    const here = formatPath(path)
    const pair = `${oldName ?? here} ${newName ?? here}`
    if (this.#begun.has(pair)) return
    this.#begun.add(pair)
    const [old, now] = [resolve(before, this.#before), resolve(after, this.#after)]
    if (old && now) return this.#definition(old, now, path)
    this.#type(oldName ?? before.type, newName ?? after.type, path)
  }

  #object(
    before: LexiconObject | LexiconParams,
    after: LexiconObject | LexiconParams,
    path: Path,
  ): void {
    const [old, now] = [namesOf(before), namesOf(after)]
    const { properties: successors = {} } = after
    for (const [name, schema] of Object.entries(before.properties ?? {})) {
      const place = [...path, 'properties', name]
      const successor = Object.hasOwn(successors, name) ? successors[name] : undefined
      if (!successor) {
        if (old.required.has(name)) this.find(place, 'field-removed', 'it was required')
        continue
      }
      const [was, is] = [old.required.has(name), now.required.has(name)]
      if (!was && is) this.find(place, 'field-required', 'it was optional')
      if (was && !is) this.find(place, 'field-optional', 'it was required')
      const [wasNullable, isNullable] = [old.nullable.has(name), now.nullable.has(name)]
      if (wasNullable && !isNullable) this.find(place, 'null-refused', 'it could be null')
      if (!wasNullable && isNullable) this.find(place, 'null-allowed', 'it could not be null')
      this.#schema(schema, successor, place)
    }
    for (const name of now.required) {
      if (Object.hasOwn(before.properties ?? {}, name)) continue
      this.find([...path, 'properties', name], 'field-required', 'it was not there')
    }
  }

  #union(before: LexiconUnion, after: LexiconUnion, path: Path): void {
    const [old, now] = [new Set(before.refs), new Set(after.refs)]
    if (before.closed && !after.closed) this.find(path, 'union-opened', 'it was closed')
    if (!before.closed && after.closed) this.find(path, 'union-closed', 'it was open')
    const refs = [...path, 'refs']
    for (const id of old) {
      if (!now.has(id)) this.find(refs, 'member-removed', `${id} is gone`)
    }
    for (const id of now) {
      // Those who know an open union expect members that they do not know.
      if (before.closed && !old.has(id)) this.find(refs, 'member-added', `${id} is new`)
    }
  }

  #params(
    before: LexiconParams = { type: 'params' },
    after: LexiconParams = { type: 'params' },
    path: Path,
  ): void {
    this.#object(before, after, [...path, 'parameters'])
  }

  #body(before: LexiconBody | undefined, after: LexiconBody | undefined, path: Path): void {
    if (!before || !after) {
      if (after) this.find(path, 'body-added', 'there was none')
      if (before) this.find(path, 'body-removed', 'there was one')
      return
    }
    const [old, now] = [encodingOf(before), encodingOf(after)]
    if (old !== now) {
      return this.find([...path, 'encoding'], 'encoding-changed', `it was ${old} and is ${now}`)
    }
    const place = [...path, 'schema']
    if (before.schema && after.schema) return this.#schema(before.schema, after.schema, place)
    if (after.schema) this.find(place, 'body-described', 'anything was allowed')
    if (before.schema) this.find(place, 'body-not-described', 'anything is allowed')
  }

  #recordKey(before: string, after: string, path: Path): void {
    if (before === after) return
    const rule = after === 'any' ? 'key-widened' : before === 'any' ? 'key-narrowed' : 'key-changed'
    this.find(path, rule, `it was ${before} and is ${after}`)
  }

  #format(before: string | undefined, after: string | undefined, path: Path): void {
    if (before === after) return
    const rule =
      before === undefined
        ? 'format-narrowed'
        : after === undefined
          ? 'format-widened'
          : 'format-changed'
    this.find(path, rule, `it was ${before ?? 'any text'} and is ${after ?? 'any text'}`)
  }

  #type(before: string, after: string, path: Path): void {
    if (before !== after) this.find(path, 'type-changed', `it was ${before} and is ${after}`)
  }

  #changes(changes: readonly Change[], path: Path): void {
    for (const { key, rule, message } of changes) this.find([...path, key], rule, message)
  }
}

/** The name of the definition that a schema refers to, if it does. */
function nameOf(schema: LexiconSchema): string | undefined {
  return schema.type === 'ref' ? schema.ref : undefined
}

/** What a schema refers to, if that is among the documents; any other is what it is. */
function resolve(schema: LexiconSchema, documents: Documents): Part | undefined {
  if (schema.type !== 'ref') return schema
  const { nsid, name } = targetOf(schema.ref, '')
  return definitionOf(documents.get(nsid), name)
}

function namesOf(
  schema: LexiconObject | LexiconParams,
): Record<'required' | 'nullable', Set<string>> {
  const { required, nullable } = { nullable: undefined, ...schema }
  return { required: new Set(required), nullable: new Set(nullable) }
}

function hasValues(schema: LexiconSchema): schema is ValueSchema {
  return schema.type === 'boolean' || schema.type === 'integer' || schema.type === 'string'
}

function isSchema(definition: Part): definition is LexiconSchema {
  return !NOT_SCHEMAS.has(definition.type)
}

const NOT_SCHEMAS: ReadonlySet<string> = new Set([
  'record',
  'query',
  'procedure',
  'subscription',
  'token',
  'permission-set',
])
