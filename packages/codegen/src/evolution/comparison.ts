// Compares two versions of lexicons by the rules of their evolution
// (https://atproto.com/specs/lexicon#lexicon-evolution): old data has to be valid under the new
// version, and new data under the old one. What neither says anything about is not looked at:
// descriptions, defaults, known values, declared errors, and new definitions.

import type { Body, Definition, LexiconDocument, ObjectSchema, Schema, Union } from '../document.ts'
import { joinPath } from '../place.ts'
import { RULES } from './finding.ts'
import type { Finding, Rule } from './finding.ts'
import { limitChanges, mimeTypeChanges, valueChanges } from './value-set.ts'
import type { Change } from './value-set.ts'

/** Documents by their NSID. */
export type Documents = ReadonlyMap<string, LexiconDocument>

/**
 * What breaks between two versions of documents, in the order of the older ones. Documents that are
 * new break nothing.
 */
export function compareDocuments(before: Documents, after: Documents): Finding[] {
  return [...before.values()].flatMap((document) => {
    const successor = after.get(document.id)
    const comparison = new Comparison(document.id, before, after)
    if (successor) comparison.document(document, successor)
    else comparison.find('', 'document-removed', 'the document is gone')
    return comparison.findings
  })
}

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

  find(path: string, rule: Rule, message: string): void {
    this.findings.push({ document: this.#document, path, rule, breaks: RULES[rule], message })
  }

  document(before: LexiconDocument, after: LexiconDocument): void {
    for (const [name, definition] of before.defs) {
      const path = joinPath('defs', name)
      const successor = after.defs.get(name)
      if (successor) this.#definition(definition, successor, path)
      else this.find(path, 'definition-removed', 'the definition is gone')
    }
  }

  #definition(before: Definition | Schema, after: Definition | Schema, path: string): void {
    if (before.type === 'record' && after.type === 'record') {
      this.#recordKey(before.key, after.key, `${path}.key`)
      this.#object(before.record, after.record, `${path}.record`)
    } else if (
      (before.type === 'query' && after.type === 'query') ||
      (before.type === 'procedure' && after.type === 'procedure')
    ) {
      this.#params(before.parameters, after.parameters, path)
      this.#body(before.input, after.input, `${path}.input`)
      this.#body(before.output, after.output, `${path}.output`)
    } else if (before.type === 'subscription' && after.type === 'subscription') {
      this.#params(before.parameters, after.parameters, path)
      this.#union(before.message, after.message, `${path}.message.schema`)
    } else if (isSchema(before) && isSchema(after)) {
      this.#schema(before, after, path)
    } else {
      this.#type(before.type, after.type, path)
    }
  }

  #schema(before: Schema, after: Schema, path: string): void {
    if (before.type === 'ref' || after.type === 'ref') return this.#referred(before, after, path)
    if (before.type === 'object' && after.type === 'object')
      return this.#object(before, after, path)
    if (before.type === 'union' && after.type === 'union') return this.#union(before, after, path)
    if (before.type !== after.type) return this.#type(before.type, after.type, path)
    this.#changes(limitChanges(before, after), path)
    if (before.type === 'array' && after.type === 'array') {
      this.#schema(before.items, after.items, `${path}.items`)
    }
    if (before.type === 'blob' && after.type === 'blob') {
      this.#changes(mimeTypeChanges(before.accept, after.accept), path)
    }
    if (before.type === 'string' && after.type === 'string') {
      this.#format(before.format, after.format, `${path}.format`)
    }
    if ('const' in before && 'const' in after) this.#changes(valueChanges(before, after), path)
  }

  /** Data does not show whether its schema stands in place or is referred to. */
  #referred(before: Schema, after: Schema, path: string): void {
    const [oldName, newName] = [nameOf(before), nameOf(after)]
    // What has the same name is compared where it is defined.
    if (oldName === newName) return
    const pair = `${oldName ?? path} ${newName ?? path}`
    if (this.#begun.has(pair)) return
    this.#begun.add(pair)
    const [old, now] = [resolve(before, this.#before), resolve(after, this.#after)]
    if (old && now) return this.#definition(old, now, path)
    this.#type(oldName ?? before.type, newName ?? after.type, path)
  }

  #object(before: ObjectSchema, after: ObjectSchema, path: string): void {
    for (const [name, schema] of before.properties) {
      const place = joinPath(`${path}.properties`, name)
      const successor = after.properties.get(name)
      if (!successor) {
        if (before.required.has(name)) this.find(place, 'field-removed', 'it was required')
        continue
      }
      const [was, is] = [before.required.has(name), after.required.has(name)]
      if (!was && is) this.find(place, 'field-required', 'it was optional')
      if (was && !is) this.find(place, 'field-optional', 'it was required')
      const [wasNullable, isNullable] = [before.nullable.has(name), after.nullable.has(name)]
      if (wasNullable && !isNullable) this.find(place, 'null-refused', 'it could be null')
      if (!wasNullable && isNullable) this.find(place, 'null-allowed', 'it could not be null')
      this.#schema(schema, successor, place)
    }
    for (const name of after.required) {
      if (before.properties.has(name)) continue
      this.find(joinPath(`${path}.properties`, name), 'field-required', 'it was not there')
    }
  }

  #union(before: Union, after: Union, path: string): void {
    const [old, now] = [new Set(before.refs.map(idOf)), new Set(after.refs.map(idOf))]
    if (before.closed && !after.closed) this.find(path, 'union-opened', 'it was closed')
    if (!before.closed && after.closed) this.find(path, 'union-closed', 'it was open')
    for (const id of old) {
      if (!now.has(id)) this.find(`${path}.refs`, 'member-removed', `${id} is gone`)
    }
    for (const id of now) {
      // Those who know an open union expect members that they do not know.
      if (before.closed && !old.has(id)) this.find(`${path}.refs`, 'member-added', `${id} is new`)
    }
  }

  #params(before: ObjectSchema | undefined, after: ObjectSchema | undefined, path: string): void {
    this.#object(before ?? NO_PARAMS, after ?? NO_PARAMS, `${path}.parameters`)
  }

  #body(before: Body | undefined, after: Body | undefined, path: string): void {
    if (!before || !after) {
      if (after) this.find(path, 'body-added', 'there was none')
      if (before) this.find(path, 'body-removed', 'there was one')
      return
    }
    if (before.encoding !== after.encoding) {
      const message = `it was ${before.encoding} and is ${after.encoding}`
      return this.find(`${path}.encoding`, 'encoding-changed', message)
    }
    const place = `${path}.schema`
    if (before.schema && after.schema) return this.#schema(before.schema, after.schema, place)
    if (after.schema) this.find(place, 'body-described', 'anything was allowed')
    if (before.schema) this.find(place, 'body-not-described', 'anything is allowed')
  }

  #recordKey(before: string, after: string, path: string): void {
    if (before === after) return
    const rule = after === 'any' ? 'key-widened' : before === 'any' ? 'key-narrowed' : 'key-changed'
    this.find(path, rule, `it was ${before} and is ${after}`)
  }

  #format(before: string | undefined, after: string | undefined, path: string): void {
    if (before === after) return
    const rule =
      before === undefined
        ? 'format-narrowed'
        : after === undefined
          ? 'format-widened'
          : 'format-changed'
    this.find(path, rule, `it was ${before ?? 'any text'} and is ${after ?? 'any text'}`)
  }

  #type(before: string, after: string, path: string): void {
    if (before !== after) this.find(path, 'type-changed', `it was ${before} and is ${after}`)
  }

  #changes(changes: readonly Change[], path: string): void {
    for (const { key, rule, message } of changes) this.find(`${path}.${key}`, rule, message)
  }
}

const NO_PARAMS: ObjectSchema = {
  type: 'object',
  description: undefined,
  properties: new Map(),
  required: new Set(),
  nullable: new Set(),
}

function idOf({ nsid, name }: { nsid: string; name: string }): string {
  return name === 'main' ? nsid : `${nsid}#${name}`
}

/** The name of the definition that a schema refers to, if it does. */
function nameOf(schema: Schema): string | undefined {
  return schema.type === 'ref' ? idOf(schema.ref) : undefined
}

/** What a schema refers to, if that is among the documents; any other is what it is. */
function resolve(schema: Schema, documents: Documents): Definition | Schema | undefined {
  if (schema.type !== 'ref') return schema
  return documents.get(schema.ref.nsid)?.defs.get(schema.ref.name)
}

function isSchema(definition: Definition | Schema): definition is Schema {
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
