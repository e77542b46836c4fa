// Lexicons with all that they refer to.

import { PublicationError } from 'atproto.ts/publication'
import type { PublishedLexicon } from 'atproto.ts/publication'
import { referencesOf } from '../references.ts'

/** More than any program uses: references of strangers could go on for ever. */
const MAX_DOCUMENTS = 1_000

/** How many lexicons are asked for at the same time. */
const CONCURRENCY = 8

/**
 * Resolves lexicons, those that they refer to, and so on.
 *
 * @param wanted What to begin with.
 * @param isKnown Whether a document is at hand already, so that a reference to it is not followed.
 * @returns What was found, in the order of the NSIDs.
 * @throws PublicationError where one cannot be had, or there are more than 1,000
 */
export async function resolveClosure(
  wanted: Iterable<string>,
  resolve: (nsid: string) => Promise<PublishedLexicon>,
  isKnown: (nsid: string) => boolean,
): Promise<PublishedLexicon[]> {
  const found = new Map<string, PublishedLexicon>()
  const asked = new Set(wanted)
  const queue = [...asked]
  while (queue.length > 0) {
    const batch = queue.splice(0, CONCURRENCY)
    for (const lexicon of await Promise.all(batch.map(async (nsid) => resolve(nsid)))) {
      found.set(lexicon.nsid, lexicon)
      for (const { nsid } of referencesOf(lexicon.document).map(({ target }) => target)) {
        if (asked.has(nsid) || isKnown(nsid)) continue
        if (asked.size >= MAX_DOCUMENTS) {
          const problem = `with it there are over ${MAX_DOCUMENTS} lexicons`
          throw new PublicationError(problem, { asked: nsid, code: 'too-many' })
        }
        asked.add(nsid)
        queue.push(nsid)
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.nsid < b.nsid ? -1 : 1))
}
