// Lexicons with all that they refer to.

import { readDocument } from '../documents.ts'
import { referencesOf } from '../references.ts'
import type { LexiconResolver, PublishedLexicon } from './lexicon-resolver.ts'
import { ResolutionError } from './resolution-error.ts'

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
 * @throws ResolutionError where one cannot be had, or there are more than 1,000
 * @throws CodegenError where one breaks the lexicon language
 */
export async function resolveClosure(
  wanted: Iterable<string>,
  resolver: Pick<LexiconResolver, 'resolve'>,
  isKnown: (nsid: string) => boolean,
): Promise<PublishedLexicon[]> {
  const found = new Map<string, PublishedLexicon>()
  const asked = new Set(wanted)
  const queue = [...asked]
  while (queue.length > 0) {
    const batch = queue.splice(0, CONCURRENCY)
    for (const lexicon of await Promise.all(batch.map(async (nsid) => resolver.resolve(nsid)))) {
      found.set(lexicon.nsid, lexicon)
      const document = readDocument(lexicon.document, lexicon.uri)
      for (const { nsid } of referencesOf(document).map(({ target }) => target)) {
        if (asked.has(nsid) || isKnown(nsid)) continue
        if (asked.size >= MAX_DOCUMENTS) {
          const problem = `with it there are over ${MAX_DOCUMENTS} lexicons`
          throw new ResolutionError(nsid, problem, 'too-many')
        }
        asked.add(nsid)
        queue.push(nsid)
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.nsid < b.nsid ? -1 : 1))
}
