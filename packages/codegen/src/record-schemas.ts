// How to come by the schema of a collection whose NSID is known only at run time: a module that loads
// the one module it needs.

import type { Catalog } from './catalog.ts'
import { docComment } from './doc-comment.ts'
import { fileText } from './file.ts'
import { Imports } from './imports.ts'
import { LINE_WIDTH } from './layout.ts'
import { quote } from './names.ts'

/**
 * Writes `record-schemas.ts`, where there are records.
 *
 * @returns The text of the file by its name; a name of one segment is no NSID, so it is free.
 */
export function recordSchemas(catalog: Catalog): Map<string, string> {
  const collections = [...catalog.documents.values()]
    .filter(({ defs }) => defs['main']?.type === 'record')
    .map(({ id }) => id)
  if (collections.length === 0) return new Map()
  const imports = new Imports(catalog, ['Loader', 'loaders', 'loadRecordSchema'])
  const schema = `${imports.sdk('lexicon', 'RecordSchema')}<{ $type?: string }>`
  const loaders = [
    `type Loader = () => Promise<{ main: ${schema} }>`,
    '',
    'const loaders: Readonly<Record<string, Loader>> = {',
    ...collections.map((nsid) => {
      const line = `  ${quote(nsid)}: async () => import(${quote(catalog.specifier(nsid))}),`
      return line.length <= LINE_WIDTH ? line : line.replace('=> ', '=>\n    ')
    }),
    '}',
  ]
  const load = [
    ...docComment([
      'Loads the schema of the records of a collection; nothing where its lexicon is not known.',
    ]),
    'export async function loadRecordSchema(',
    '  nsid: string,',
    `): Promise<${schema} | undefined> {`,
    '  return Object.hasOwn(loaders, nsid) ? (await loaders[nsid]?.())?.main : undefined',
    '}',
  ]
  const declarations = [loaders.join('\n'), load.join('\n')]
  const text = fileText('s of all records', undefined, imports, declarations)
  return new Map([['record-schemas.ts', text]])
}
