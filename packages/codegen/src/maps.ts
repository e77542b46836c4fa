// Two types that say across all documents what belongs to which NSID. They are interfaces, so that
// the documents of a program can add to those that the SDK knows.

import type { Catalog } from './catalog.ts'
import { describe, docComment } from './doc-comment.ts'
import { fileText } from './file.ts'
import { Imports } from './imports.ts'
import { layOut, LINE_WIDTH } from './layout.ts'
import { errorNames } from './method.ts'
import { quote } from './names.ts'

/**
 * Writes the maps that are not empty: `records.ts`, the type and the key of the records of each
 * collection, and `errors.ts`, the names of the errors that each method declares.
 *
 * @returns The text of each file by its name; a name of one segment is no NSID, so it is free.
 */
export function maps(catalog: Catalog): Map<string, string> {
  const indent = catalog.options.mergeInto === undefined ? 2 : 4
  const files = new Map<string, string>()

  const imports = new Imports(catalog, ['Records'])
  const records = recordLines(catalog, imports, indent)
  if (records.length > 0) {
    const comment = 'The types of records, and of their keys, by the NSID of their collection.'
    const map = mapDeclarations(catalog, 'records', 'Records', comment, records)
    files.set('records.ts', fileText('s of all records', undefined, imports, map))
  }

  const errors = errorLines(catalog, indent)
  if (errors.length > 0) {
    const comment = 'The names of the errors that methods declare, by the NSID of the method.'
    const map = mapDeclarations(catalog, 'errors', 'MethodErrors', comment, errors)
    if (catalog.options.mergeInto === undefined) map.push(DECLARED_ERROR_NAME)
    const noImports = new Imports(catalog, [])
    files.set('errors.ts', fileText('s of all methods', undefined, noImports, map))
  }
  return files
}

const DECLARED_ERROR_NAME = `/** The name of an error that any method declares. */
export type DeclaredErrorName = MethodErrors[keyof MethodErrors]`

function recordLines(catalog: Catalog, imports: Imports, indent: number): string[] {
  const space = ' '.repeat(indent)
  return [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs['main']
    if (main?.type !== 'record' || catalog.isMerged(id)) return []
    const value = `${imports.document(id)}.${catalog.typeName({ nsid: id, name: 'main' })}`
    const key = keyType(main.key, imports)
    const line = `${space}${quote(id)}: { value: ${value}; key: ${key} }`
    const lines =
      line.length <= LINE_WIDTH
        ? [line]
        : [`${quote(id)}: {`, `  value: ${value}`, `  key: ${key}`, '}'].map((part) => space + part)
    return [...docComment(describe(main), indent), ...lines]
  })
}

function errorLines(catalog: Catalog, indent: number): string[] {
  return [...catalog.documents.values()].flatMap(({ id, defs }) => {
    const main = defs['main']
    if (!main || !('errors' in main) || main.errors?.length === 0) return []
    if (catalog.isMerged(id)) return []
    const head = `${' '.repeat(indent)}${quote(id)}:`
    const names = layOut(errorNames(main.errors), head.length + 1, indent)
    return [`${head}${names.startsWith('\n') ? '' : ' '}${names}`]
  })
}

/** The map as an interface of its own, or as an addition to that of another module. */
function mapDeclarations(
  { options: { mergeInto } }: Catalog,
  file: string,
  name: string,
  comment: string,
  properties: string[],
): string[] {
  if (mergeInto === undefined) {
    return [[...docComment([comment]), `export interface ${name} {`, ...properties, '}'].join('\n')]
  }
  const module = quote(mergeInto.replaceAll('{map}', file))
  return [
    [`declare module ${module} {`, `  interface ${name} {`, ...properties, '  }', '}'].join('\n'),
    // Also what makes the compiler load the module: an addition alone does not.
    `export type { ${name} } from ${module}`,
  ]
}

// Record key types: https://atproto.com/specs/record-key
function keyType(key: string, imports: Imports): string {
  if (key === 'tid') return imports.sdk('syntax', 'Tid')
  if (key === 'nsid') return imports.sdk('syntax', 'Nsid')
  if (key === 'any') return imports.sdk('syntax', 'RecordKey')
  return quote(key.slice('literal:'.length))
}
