// XRPC methods → their types, the few strings that a client needs of them at run time, and the schemas
// of what goes in and out, for those who check it.

import type {
  LexiconBody,
  LexiconMethodError,
  LexiconParams,
  LexiconProcedure,
  LexiconQuery,
  LexiconSubscription,
} from 'atproto.ts/lexicon'
import { describe, describeErrors, docComment } from './doc-comment.ts'
import { encodingOf, JSON_ENCODING } from './encoding.ts'
import { typeDeclaration } from './file.ts'
import type { Imports } from './imports.ts'
import { atom, union } from './layout.ts'
import type { TypeExpression } from './layout.ts'
import { quote } from './names.ts'
import type { SchemaTypes } from './schema-type.ts'
import type { SchemaValues } from './schema-value.ts'

/** The declarations of a method: its types, its descriptor `main`, and its schemas. */
export function methodDeclarations(
  nsid: string,
  method: LexiconQuery | LexiconProcedure | LexiconSubscription,
  types: SchemaTypes,
  values: SchemaValues,
  imports: Imports,
): string[] {
  const { parameters, errors } = method
  const declarations: string[] = []
  const schemas: string[] = []
  const declare = (name: string, comment: string[], type: TypeExpression): string => {
    declarations.push(typeDeclaration(name, comment, type))
    return name
  }
  const declareBody = (name: 'Input' | 'Output', body: LexiconBody | undefined): string => {
    if (!body) return 'undefined'
    if (encodingOf(body) === JSON_ENCODING && body.schema) {
      schemas.push(values.constant(name.toLowerCase(), name, values.top(body.schema)))
    }
    return declare(name, describe(body), bodyType(body, types, imports, `Binary${name}`))
  }

  let params = 'undefined'
  if (hasParams(parameters)) {
    params = declare('Params', describe(parameters), types.object(parameters))
    schemas.push(values.parameters(params, parameters))
  }
  const facts: [string, string | undefined][] = [
    ['nsid', nsid],
    ['type', method.type],
  ]
  const typeArguments = [params]
  if (method.type === 'subscription') {
    const { schema } = method.message
    typeArguments.push(declare('Message', describe(schema), types.union(schema)))
    schemas.push(values.constant('message', 'Message', values.top(schema)))
  } else {
    const input = method.type === 'procedure' ? method.input : undefined
    const { output } = method
    if (method.type === 'procedure') typeArguments.push(declareBody('Input', input))
    typeArguments.push(declareBody('Output', output))
    facts.push(['input', input && encodingOf(input)], ['output', output && encodingOf(output)])
  }
  typeArguments.push(declare('ErrorName', describeErrors(errors), errorNames(errors)))

  const descriptor = METHOD_KINDS[method.type]
  const descriptorType = `${imports.sdk('lexicon', descriptor)}<${typeArguments.join(', ')}>`
  const lines = facts.flatMap(([key, value]) => (value ? [`  ${key}: ${quote(value)},`] : []))
  declarations.push(
    [
      ...docComment(describe(method)),
      `export const main: ${descriptorType} = {`,
      ...lines,
      '}',
    ].join('\n'),
  )
  return [...declarations, ...schemas]
}

/** Whether a method takes any parameters. */
export function hasParams(parameters: LexiconParams | undefined): parameters is LexiconParams {
  return Object.keys(parameters?.properties ?? {}).length > 0
}

/** The union of the names of declared errors. */
export function errorNames(errors: readonly LexiconMethodError[] = []): TypeExpression {
  return union(errors.map(({ name }) => atom(quote(name))))
}

function bodyType(
  body: LexiconBody,
  types: SchemaTypes,
  imports: Imports,
  binary: string,
): TypeExpression {
  if (encodingOf(body) !== JSON_ENCODING) return atom(imports.sdk('lexicon', binary))
  return body.schema ? types.of(body.schema) : atom('unknown')
}

const METHOD_KINDS = {
  query: 'Query',
  procedure: 'Procedure',
  subscription: 'Subscription',
} as const
