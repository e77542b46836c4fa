// The documents whose modules `atproto.ts` has.

import { readFile } from 'node:fs/promises'
import type { Library } from './options.ts'
import { readDocument } from './documents.ts'
import { referencesOf } from './references.ts'
import { idOf } from './source-file.ts'

/**
 * The documents of com.atproto, app.bsky, chat.bsky, tools.ozone and others whose modules are
 * `atproto.ts/lexicons/<nsid>` in the version of `atproto.ts` that has the number of this package.
 */
export async function readLibrary(): Promise<Library> {
  // Beside `src` as well as beside `dist`.
  const text = await readFile(new URL('../library.json', import.meta.url), 'utf8')
  return { importFrom: 'atproto.ts/lexicons/{nsid}', documents: JSON.parse(text) as unknown[] }
}

/**
 * The documents of a library that others refer to, or those do, and so on, without those that are
 * given.
 *
 * @throws CodegenError where a document breaks the lexicon language
 */
export function referredDocuments(documents: readonly unknown[], library: Library): unknown[] {
  const available = new Map(Array.from(library.documents, (json) => [idOf(json), json]))
  const given = new Set(documents.map(idOf))
  const found = new Map<string, unknown>()
  const queue = [...documents]
  for (let next = 0; next < queue.length; next++) {
    const document = readDocument(queue[next], `documents[${next}]`)
    for (const { nsid } of referencesOf(document).map(({ target }) => target)) {
      if (given.has(nsid) || found.has(nsid) || !available.has(nsid)) continue
      found.set(nsid, available.get(nsid))
      queue.push(available.get(nsid))
    }
  }
  return [...found.values()]
}
