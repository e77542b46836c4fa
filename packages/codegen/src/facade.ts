// The methods of one authority, such as com.atproto: as types for a facade that groups them by
// service, and as the compact table that the facade dispatches from.

import type {
  LexiconObject,
  LexiconParams,
  LexiconProcedure,
  LexiconQuery,
} from 'atproto.ts/lexicon'
import type { Catalog } from './catalog.ts'
import { describe, docComment } from './doc-comment.ts'
import { encodingOf, JSON_ENCODING } from './encoding.ts'
import { CodegenError } from './errors.ts'
import { fileText } from './file.ts'
import { Imports } from './imports.ts'
import { LINE_WIDTH } from './layout.ts'
import { hasParams } from './method.ts'
import { camelCase, Names, pascalCase, propertyName, quote } from './names.ts'
import { targetOf } from './references.ts'

type Method = (LexiconQuery & { input?: never }) | LexiconProcedure

/** One method as it stands in a facade. */
interface FacadeMethod {
  nsid: string
  name: string
  definition: Method
}

/**
 * Writes the facade of each authority that has methods.
 *
 * @returns The text of each file by its name; a name of two segments is no NSID, so it is free.
 */
export function facades(catalog: Catalog): Map<string, string> {
  const authorities = new Map<string, Map<string, FacadeMethod[]>>()
  for (const { id, defs } of catalog.documents.values()) {
    const definition = defs['main']
    if (definition?.type !== 'query' && definition?.type !== 'procedure') continue
    const segments = id.split('.')
    const name = segments.at(-1) ?? ''
    const authority = segments.slice(0, 2).join('.')
    // What is between them; empty for the methods of the authority itself.
    const service = segments.slice(2, -1).join('.')
    const services = authorities.get(authority) ?? new Map<string, FacadeMethod[]>()
    authorities.set(authority, services)
    services.set(service, [...(services.get(service) ?? []), { nsid: id, name, definition }])
  }
  return new Map(
    [...authorities].map(([authority, services]) => [
      `${authority}.ts`,
      facadeText(authority, services, catalog),
    ]),
  )
}

function facadeText(
  authority: string,
  services: ReadonlyMap<string, FacadeMethod[]>,
  catalog: Catalog,
): string {
  const names = new Names()
  const facadeName = names.allocate(pascalCase(authority))
  const ownMethods = services.get('') ?? []
  const grouped = [...services].filter(([service]) => service !== '')
  const typeNames = new Map(
    grouped.map(([service]) => [service, names.allocate(pascalCase(`${authority}.${service}`))]),
  )
  for (const { nsid, name } of ownMethods) {
    if (!typeNames.has(name)) continue
    const problem = `the facade of ${authority} cannot hold this method beside the service ${nsid}`
    throw new CodegenError(nsid, { path: '', problem: `${problem}: generate without facades` })
  }

  const imports = new Imports(catalog, [facadeName, ...typeNames.values()])
  const signatures = (methods: FacadeMethod[]): string[] =>
    methods.flatMap((method) => methodSignature(method, catalog, imports))
  const declarations = grouped.map(([service, methods]) => {
    const head = `export type ${typeNames.get(service)} = {`
    return [...docComment([`The methods of ${authority}.${service}.`]), head]
      .concat(signatures(methods), '}')
      .join('\n')
  })
  const facade = [
    ...docComment([`The methods of ${authority}, by service.`]),
    `export type ${facadeName} = {`,
    ...grouped.map(([service]) => `  ${propertyName(service)}: ${typeNames.get(service)}`),
    ...signatures(ownMethods),
    '}',
  ]
  const table = [
    ...docComment([`The methods of ${authority}, as \`expandMethods\` reads them.`]),
    `export const ${camelCase(authority)} = {`,
    ...[...services].map(([service, methods]) => {
      const entries = methods.map(tableEntry).join(' ')
      return joinProperty(propertyName(service), quote(entries))
    }),
    '}',
  ]
  return fileText(`s of ${authority}`, undefined, imports, [
    ...declarations,
    facade.join('\n'),
    table.join('\n'),
  ])
}

/** A property of the table, with the string on a line of its own where a formatter would move it. */
function joinProperty(name: string, value: string): string {
  const line = `  ${name}: ${value},`
  // Behind a name this short, the next line would not begin much further left.
  const isShort = name.length < 5
  return isShort || line.length <= LINE_WIDTH ? line : `  ${name}:\n    ${value},`
}

/** One word of the table. The grammar is documented at `expandMethods` in the SDK. */
function tableEntry({ name, definition: { type, input, output } }: FacadeMethod): string {
  const kind = type === 'procedure' ? '!' : ''
  const [takes, gives] = [input && encodingOf(input), output && encodingOf(output)]
  const from = takes && takes !== JSON_ENCODING ? `<${takes}` : ''
  const to = gives === JSON_ENCODING ? '' : `>${gives ?? ''}`
  return kind + name + from + to
}

function methodSignature(method: FacadeMethod, catalog: Catalog, imports: Imports): string[] {
  const { nsid, name, definition } = method
  const { type, parameters, input, output, errors } = definition
  // The import is made only where it is needed: an unused one does not compile.
  const typeOf = (member: string): string => `${imports.document(nsid)}.${member}`
  const params = hasParams(parameters) ? typeOf('Params') : 'undefined'
  const callOptions = imports.sdk('xrpc', 'CallOptions')

  const first =
    type === 'query'
      ? { name: 'params', type: params, isRequired: requiresAny(parameters) }
      : {
          name: 'input',
          type: input ? typeOf('Input') : 'undefined',
          isRequired: requiresBody(method, catalog),
        }
  const second = { name: 'options', type: callOptions, isRequired: false }
  // The few procedures that have parameters besides their input take them as an option.
  if (type === 'procedure' && hasParams(parameters)) {
    second.isRequired = requiresAny(parameters)
    second.type += ` & { params${second.isRequired ? '' : '?'}: ${params} }`
  }
  // What precedes a required argument cannot be left out.
  if (second.isRequired && !first.isRequired) {
    first.isRequired = true
    first.type += ' | undefined'
  }

  const args = [first, second].map((arg) => `${arg.name}${arg.isRequired ? '' : '?'}: ${arg.type}`)
  const data = output ? typeOf('Output') : 'undefined'
  const result = `Promise<${imports.sdk('xrpc', 'XrpcResponse')}<${data}>>`
  const line = `  ${name}(${args.join(', ')}): ${result}`
  const lines =
    line.length <= LINE_WIDTH
      ? [line]
      : [`  ${name}(`, ...args.map((arg) => `    ${arg},`), `  ): ${result}`]
  const names = (errors ?? []).map((error) => `\`${error.name}\``).join(', ')
  const comment = [...describe(definition), ...(names ? [`@throws XrpcError ${names}`] : [])]
  return [...docComment(comment, 2), ...lines]
}

/** Whether a call of the procedure makes no sense without a body. */
function requiresBody({ nsid, definition: { input } }: FacadeMethod, catalog: Catalog): boolean {
  if (!input) return false
  if (encodingOf(input) !== JSON_ENCODING) return true
  const { schema } = input
  if (schema?.type !== 'ref') return schema?.type === 'union' || requiresAny(schema)
  const target = catalog.definition(targetOf(schema.ref, nsid))
  return target?.type !== 'object' || requiresAny(target)
}

function requiresAny(schema: LexiconObject | LexiconParams | undefined): boolean {
  return schema?.required !== undefined && schema.required.length > 0
}
