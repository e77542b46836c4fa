// The documents whose modules `atproto.ts` has.

import { readFile } from 'node:fs/promises'
import type { Library } from './options.ts'

/**
 * The documents of com.atproto, app.bsky, chat.bsky, tools.ozone and others whose modules are
 * `atproto.ts/lexicons/<nsid>` in the version of `atproto.ts` that has the number of this package.
 */
export async function readLibrary(): Promise<Library> {
  // Beside `src` as well as beside `dist`.
  const text = await readFile(new URL('../library.json', import.meta.url), 'utf8')
  return { importFrom: 'atproto.ts/lexicons/{nsid}', documents: JSON.parse(text) as unknown[] }
}
