// Two types that say across all documents what belongs to which NSID. They are interfaces, so that
// the documents of a program can add to those that the SDK knows.

import type { Catalog } from './catalog.ts'
import { describe, docComment } from './doc-comment.ts'
import { fileText } from './file.ts'
import { Imports } from './imports.ts'
import { layOut, LINE_WIDTH } from './layout.ts'
import { errorNames } from './method.ts'
import { quote } from './names.ts'

/** Writes `records.ts`: the type and the key of the records of each collection. */
export function recordsText(catalog: Catalog): string {
  const imports = new Imports(catalog, ['Records'])
  const indent = mapIndent(catalog)
  const space = ' '.repeat(indent)
  const properties = [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs.get('main')
    if (main?.type !== 'record') return []
    const value = `${imports.document(id)}.${catalog.typeName({ nsid: id, name: 'main' })}`
    const key = keyType(main.key, imports)
    const line = `${space}${quote(id)}: { value: ${value}; key: ${key} }`
    const lines =
      line.length <= LINE_WIDTH
        ? [line]
        : [`${quote(id)}: {`, `  value: ${value}`, `  key: ${key}`, '}'].map((part) => space + part)
    return [...docComment(describe(main), indent), ...lines]
  })
  const comment = 'The types of records, and of their keys, by the NSID of their collection.'
  return fileText('s of all records', undefined, imports, [
    mapDeclaration('Records', 'records', comment, properties, catalog),
  ])
}

/** Writes `errors.ts`: the names of the errors that each method declares. */
export function errorsText(catalog: Catalog): string {
  const indent = mapIndent(catalog)
  const properties = [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs.get('main')
    if (!main || !('errors' in main) || main.errors.length === 0) return []
    const head = `${' '.repeat(indent)}${quote(id)}:`
    const names = layOut(errorNames(main.errors), head.length + 1, indent)
    return [`${head}${names.startsWith('\n') ? '' : ' '}${names}`]
  })
  const comment = 'The names of the errors that methods declare, by the NSID of the method.'
  const union = [
    ...docComment(['The name of an error that any method declares.']),
    'export type DeclaredErrorName = MethodErrors[keyof MethodErrors]',
  ]
  return fileText('s of all methods', undefined, new Imports(catalog, []), [
    mapDeclaration('MethodErrors', 'errors', comment, properties, catalog),
    ...(catalog.options.mergeInto === undefined ? [union.join('\n')] : ['export {}']),
  ])
}

/** The interface, in the module that it is merged into where there is one. */
function mapDeclaration(
  name: string,
  file: string,
  comment: string,
  properties: string[],
  { options: { mergeInto } }: Catalog,
): string {
  const space = mergeInto === undefined ? '' : '  '
  const head = `${space}${mergeInto === undefined ? 'export ' : ''}interface ${name} {`
  const lines = properties.length > 0 ? [head, ...properties, `${space}}`] : [`${head}}`]
  if (mergeInto === undefined) return [...docComment([comment]), ...lines].join('\n')
  const module = quote(mergeInto.replaceAll('{map}', file))
  return [`declare module ${module} {`, ...lines, '}'].join('\n')
}

function mapIndent({ options }: Catalog): number {
  return options.mergeInto === undefined ? 2 : 4
}

// Record key types: https://atproto.com/specs/record-key
function keyType(key: string, imports: Imports): string {
  if (key === 'tid') return imports.sdk('syntax', 'Tid')
  if (key === 'nsid') return imports.sdk('syntax', 'Nsid')
  if (key === 'any') return imports.sdk('syntax', 'RecordKey')
  return quote(key.slice('literal:'.length))
}
