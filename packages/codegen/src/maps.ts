// Two types that say across all documents what belongs to which NSID.

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
  const properties = [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs.get('main')
    if (main?.type !== 'record') return []
    const value = `${imports.document(id)}.${catalog.typeName({ nsid: id, name: 'main' })}`
    const key = keyType(main.key, imports)
    const line = `  ${quote(id)}: { value: ${value}; key: ${key} }`
    const lines =
      line.length <= LINE_WIDTH
        ? [line]
        : [`  ${quote(id)}: {`, `    value: ${value}`, `    key: ${key}`, '  }']
    return [...docComment(describe(main), 2), ...lines]
  })
  const comment = docComment([
    'The types of records, and of their keys, by collection. Being an interface, it can be given more collections by declaration merging.',
  ])
  return fileText('s of all records', undefined, imports, [
    [...comment, ...interfaceLines('Records', properties)].join('\n'),
  ])
}

/** Writes `errors.ts`: the names of the errors that each method declares. */
export function errorsText(catalog: Catalog): string {
  const imports = new Imports(catalog, [])
  const properties = [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs.get('main')
    if (!main || !('errors' in main) || main.errors.length === 0) return []
    const head = `  ${quote(id)}:`
    const names = layOut(errorNames(main.errors), head.length + 1, 2)
    return [`${head}${names.startsWith('\n') ? '' : ' '}${names}`]
  })
  return fileText('s of all methods', undefined, imports, [
    [
      ...docComment(['The names of the errors that methods declare, by method.']),
      ...interfaceLines('MethodErrors', properties),
    ].join('\n'),
    [
      ...docComment(['The name of an error that any method declares.']),
      'export type DeclaredErrorName = MethodErrors[keyof MethodErrors]',
    ].join('\n'),
  ])
}

function interfaceLines(name: string, properties: string[]): string[] {
  if (properties.length === 0) return [`export interface ${name} {}`]
  return [`export interface ${name} {`, ...properties, '}']
}

// Record key types: https://atproto.com/specs/record-key
function keyType(key: string, imports: Imports): string {
  if (key === 'tid') return imports.sdk('syntax', 'Tid')
  if (key === 'nsid') return imports.sdk('syntax', 'Nsid')
  if (key === 'any') return imports.sdk('syntax', 'RecordKey')
  return quote(key.slice('literal:'.length))
}
