// Lexicons from the network as files, so that the next build needs no network.

import { join } from 'node:path'
import type { LexiconDocument } from 'atproto.ts/lexicon'

/**
 * Where a lexicon is kept: `com.example.thing` as `com/example/thing.json`, as is usual.
 *
 * @param nsid One that was checked: its segments become the names of folders.
 */
export function savedPath(folder: string, nsid: string): string {
  return join(folder, ...nsid.split('.').slice(0, -1), `${nsid.split('.').at(-1)}.json`)
}

/** The text of a lexicon's file: the record without its `$type`, what it is called first. */
export function lexiconText(record: LexiconDocument & { $type?: string }): string {
  const { $type: _type, lexicon, id, description, ...rest } = record
  return `${JSON.stringify({ lexicon, id, description, ...rest }, null, 2)}\n`
}
