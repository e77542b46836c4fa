// What an authority has published.

import { isNsid } from '../syntax/index.ts'
import type { Nsid } from '../syntax/index.ts'
import { paginate } from '../xrpc/index.ts'
import { main as listRecords } from '../../lexicons/com.atproto.repo.listRecords.ts'
import { COLLECTION, groupOf, openAuthority } from './lexicon-authority.ts'
import type { ResolveLexiconOptions } from './lexicon-authority.ts'
import { PublicationError } from './publication-error.ts'
import type { PublicationErrorCode } from './publication-error.ts'

/** More than anybody publishes in one group. */
const MAX_IN_GROUP = 1_000

/** More than any repository with lexicons has, of a hundred records each. */
const MAX_PAGES = 100

/**
 * The NSIDs of a group that the PDS of its authority lists, in their order, at most 1,000. A list
 * proves nothing, and may leave some out; `resolveLexicon` proves each.
 *
 * @param group What precedes the last part: `com.example` for `com.example.thing`, and not for
 *   `com.example.deep.thing`.
 * @throws {@link PublicationError} with any code but `not-a-lexicon`, `invalid-lexicon` and
 *   `invalid-proof`
 * @throws the signal's reason, where that ends it
 * @example
 * ```ts
 * import { IdentityResolver } from 'atproto.ts/identity'
 * import { listLexicons, resolveLexicon } from 'atproto.ts/publication'
 *
 * const identity = new IdentityResolver()
 * for (const nsid of await listLexicons('com.example', { identity })) {
 *   const { document } = await resolveLexicon(nsid, { identity })
 *   console.log(document.description)
 * }
 * ```
 */
export async function listLexicons(group: string, options: ResolveLexiconOptions): Promise<Nsid[]> {
  const fail = (problem: string, code: PublicationErrorCode, cause?: unknown): never => {
    throw new PublicationError(problem, { asked: `${group}.*`, code, cause })
  }
  if (!isNsid(`${group}.any`)) return fail('this is no group of NSIDs', 'invalid-nsid')
  const { did, client } = await openAuthority(group, options)
  const input = { repo: did, collection: COLLECTION, limit: 100 } as const
  const nsids = new Set<Nsid>()
  let pages = 0
  const records = paginate(
    async (cursor) => {
      if (pages++ === MAX_PAGES) return fail(`there are over ${MAX_PAGES} pages`, 'too-many')
      return client.call(listRecords, { ...input, cursor })
    },
    (page) => page.records,
  )
  try {
    for await (const { uri } of records) {
      const nsid = uri.slice(uri.lastIndexOf('/') + 1)
      if (isNsid(nsid) && groupOf(nsid) === group) nsids.add(nsid)
      if (nsids.size > MAX_IN_GROUP) fail(`there are over ${MAX_IN_GROUP}`, 'too-many')
    }
  } catch (error) {
    if (error instanceof PublicationError || options.signal?.aborted) throw error
    return fail(`${did} gave no list`, 'pds-failed', error)
  }
  if (nsids.size === 0) return fail(`${did} has none`, 'not-published')
  return [...nsids].toSorted()
}
