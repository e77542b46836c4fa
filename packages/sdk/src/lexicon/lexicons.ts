// A set of lexicon documents that is put together at run time.

import { readRef, typeOf } from './definition-ref.ts'
import type { DefinitionRef } from './definition-ref.ts'
import { LexiconError } from './lexicon-error.ts'
import type { IssueCode } from './issue.ts'
import type { LexiconBody, LexiconDefinition, LexiconDocument } from './lexicon-document.ts'
import { object } from './object-schema.ts'
import { parameters } from './params-schema.ts'
import type { ParamsSchema } from './params-schema.ts'
import { parseLexicon, refProblem } from './parse-lexicon.ts'
import { record } from './record-schema.ts'
import type { RecordSchema } from './record-schema.ts'
import { Schema } from './schema.ts'
import type { ValidationOptions } from './validation.ts'
import { fieldsOf, valueSchema } from './value-schema.ts'
import type { ResolveRef } from './value-schema.ts'

/** Any object with fields. */
type AnyObject = Record<string, unknown>

const NOTHING = /* @__PURE__ */ new Schema<undefined>(
  (value, validation) => value === undefined || validation.fail('wrong-type', 'nothing'),
)
const ANYTHING = /* @__PURE__ */ new Schema<unknown>(() => true)

/**
 * Lexicon documents that a program comes by at run time, and what they say of values. Documents that
 * are known when a program is built become code instead, with types: see `atproto.ts-codegen`.
 *
 * Documents may refer to one another, and be added in any order. Schemas are made when they are
 * needed, and a reference to a document that is not there is found then.
 *
 * @example
 * ```ts
 * const lexicons = new Lexicons([documentOfThing, documentOfDefs])
 * const thing = lexicons.validateRecord('com.example.thing', value)
 * ```
 */
export class Lexicons {
  readonly #documents = new Map<string, LexiconDocument>()
  readonly #schemas = new Map<string, Schema<unknown>>()

  /** @throws {@link LexiconError} as {@link add} */
  constructor(documents: Iterable<unknown> = []) {
    for (const document of documents) this.add(document)
  }

  /**
   * Adds a document. It takes the place of another of the same NSID.
   *
   * @throws {@link LexiconError} where it is not valid
   */
  add(json: unknown): LexiconDocument {
    const document = parseLexicon(json)
    this.#documents.set(document.id, document)
    // Schemas hold those that they refer to, so that any may hold one of the old document.
    this.#schemas.clear()
    return document
  }

  /** The document of an NSID. */
  get(nsid: string): LexiconDocument | undefined {
    return this.#documents.get(nsid)
  }

  /** All documents. */
  [Symbol.iterator](): IterableIterator<LexiconDocument> {
    return this.#documents.values()
  }

  /**
   * The schema of the records of a collection.
   *
   * @throws {@link LexiconError} `unknown-lexicon` where there is none
   */
  record(nsid: string): RecordSchema<{ $type?: string }> {
    this.#main(nsid, 'record')
    return this.#schema({ nsid, name: 'main' }) as RecordSchema<{ $type?: string }>
  }

  /**
   * The schema of the parameters of a method. It reads query strings too.
   *
   * @throws {@link LexiconError} `unknown-lexicon` where there is no such method
   */
  params(nsid: string): ParamsSchema<AnyObject> {
    const { parameters: schema } = this.#main(nsid, 'query', 'procedure', 'subscription')
    return this.#cached(`${nsid} params`, () => {
      const fields = fieldsOf(schema ?? { type: 'params' }, this.#resolver(nsid))
      return parameters<AnyObject>(() => fields)
    })
  }

  /**
   * The schema of what a procedure takes: of `undefined` where it takes nothing, of anything where
   * that is not described, as what is not JSON never is.
   *
   * @throws {@link LexiconError} `unknown-lexicon` where there is no such procedure
   */
  input(nsid: string): Schema<unknown> {
    const { input } = this.#main(nsid, 'procedure')
    return this.#cached(`${nsid} input`, () => this.#body(nsid, input))
  }

  /**
   * The schema of what a query or procedure answers with, as {@link input}.
   *
   * @throws {@link LexiconError} `unknown-lexicon` where there is no such method
   */
  output(nsid: string): Schema<unknown> {
    const { output } = this.#main(nsid, 'query', 'procedure')
    return this.#cached(`${nsid} output`, () => this.#body(nsid, output))
  }

  /**
   * The schema of the messages of a subscription. They say with `$type` which they are, in full.
   *
   * @throws {@link LexiconError} `unknown-lexicon` where there is no such subscription
   */
  message(nsid: string): Schema<unknown> {
    const { schema } = this.#main(nsid, 'subscription').message
    return this.#cached(`${nsid} message`, () => valueSchema(schema, this.#resolver(nsid)))
  }

  /**
   * Gives a valid record of a collection back.
   *
   * @throws {@link ValidationError} where it is not valid. {@link LexiconError} where the collection
   *   is not known, or refers to what is not
   */
  validateRecord(
    collection: string,
    value: unknown,
    options?: ValidationOptions,
  ): { $type: string; [field: string]: unknown } {
    return this.record(collection).parse(value, options)
  }

  /** Gives valid parameters of a method back. @throws as {@link validateRecord} */
  validateXrpcParams(nsid: string, value: unknown, options?: ValidationOptions): AnyObject {
    return this.params(nsid).parse(value, options)
  }

  /** Gives valid input of a procedure back. @throws as {@link validateRecord} */
  validateXrpcInput(nsid: string, value: unknown, options?: ValidationOptions): unknown {
    return this.input(nsid).parse(value, options)
  }

  /** Gives a valid answer of a method back. @throws as {@link validateRecord} */
  validateXrpcOutput(nsid: string, value: unknown, options?: ValidationOptions): unknown {
    return this.output(nsid).parse(value, options)
  }

  /** Gives a valid message of a subscription back. @throws as {@link validateRecord} */
  validateXrpcMessage(nsid: string, value: unknown, options?: ValidationOptions): unknown {
    return this.message(nsid).parse(value, options)
  }

  #body(nsid: string, body: LexiconBody | undefined): Schema<unknown> {
    if (!body) return NOTHING
    return body.schema ? valueSchema(body.schema, this.#resolver(nsid)) : ANYTHING
  }

  /** The main definition of a document, of one of the given types. */
  #main<Type extends LexiconDefinition['type']>(
    nsid: string,
    ...types: Type[]
  ): Extract<LexiconDefinition, { type: Type }> {
    const main = this.#documents.get(nsid)?.defs['main']
    if (!main) throw lexiconError('unknown-lexicon', `there is no document ${nsid}`)
    if (types.includes(main.type as Type)) return main as never
    throw lexiconError('unknown-lexicon', `${nsid} is a ${main.type}, not a ${types.join(' or ')}`)
  }

  #resolver(from: string): ResolveRef {
    return (text, kind) => {
      const ref = readRef(text, from)
      if (!ref) throw lexiconError('unresolved-ref', `${text} is no reference`)
      const problem = refProblem(kind, ref, this.#definition(ref))
      if (problem)
        throw lexiconError('unresolved-ref', `${from} refers to ${text}: expected ${problem}`)
      return this.#schema(ref)
    }
  }

  #definition({ nsid, name }: DefinitionRef): LexiconDefinition | undefined {
    const defs = this.#documents.get(nsid)?.defs ?? {}
    return Object.hasOwn(defs, name) ? defs[name] : undefined
  }

  /** The schema of a definition that is known to have values. */
  #schema(ref: DefinitionRef): Schema<unknown> {
    const type = typeOf(ref)
    return this.#cached(type, () => {
      const definition = this.#definition(ref)
      const resolve = this.#resolver(ref.nsid)
      switch (definition?.type) {
        case 'record':
          return record(type, definition.key, () => fieldsOf(definition.record, resolve))
        case 'object':
          return object(type, () => fieldsOf(definition, resolve))
        default:
          return valueSchema(definition as never, resolve)
      }
    })
  }

  #cached<Made extends Schema<unknown>>(key: string, make: () => Made): Made {
    const made = (this.#schemas.get(key) as Made | undefined) ?? make()
    this.#schemas.set(key, made)
    return made
  }
}

function lexiconError(code: IssueCode, message: string): LexiconError {
  return new LexiconError([{ code, path: [], message }])
}
