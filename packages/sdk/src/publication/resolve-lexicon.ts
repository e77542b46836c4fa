// From an NSID to the lexicon that its authority has published.

import { LexiconError, parseLexicon } from '../lexicon/index.ts'
import type { LexiconDocument } from '../lexicon/index.ts'
import { verifyRecordProof } from '../repo/index.ts'
import type { RecordProof } from '../repo/index.ts'
import { isNsid } from '../syntax/index.ts'
import type { AtUri, CidString, Nsid } from '../syntax/index.ts'
import { isXrpcError } from '../xrpc/index.ts'
import { main as getRecord } from '../../lexicons/com.atproto.sync.getRecord.ts'
import { COLLECTION, groupOf, openAuthority } from './lexicon-authority.ts'
import type { Authority, ResolveLexiconOptions } from './lexicon-authority.ts'
import { PublicationError } from './publication-error.ts'
import type { PublicationErrorCode } from './publication-error.ts'

/** A lexicon, and where it was found. */
export interface PublishedLexicon {
  nsid: Nsid
  /** Where the record is. */
  uri: AtUri
  /** Which version of it this is. */
  cid: CidString
  /** The record, which is the document: checked as `parseLexicon` does, its `id` being the NSID. */
  document: LexiconDocument
}

/**
 * The lexicon that an NSID names, as the repository of its authority holds it now. DNS names the
 * repository (the TXT record `_lexicon` of the domain); that the record is in it is verified: the
 * blocks by their hashes, the commit by the account's signature. Nothing is kept, for a change in DNS
 * shall count soon. An answer may have 8 MiB.
 *
 * @throws {@link PublicationError} with any code but `too-many`
 * @throws the signal's reason, where that ends it
 * @see https://atproto.com/specs/lexicon#lexicon-publication-and-resolution
 * @example
 * ```ts
 * import { IdentityResolver } from 'atproto.ts/identity'
 * import { Lexicons } from 'atproto.ts/lexicon'
 * import { resolveLexicon } from 'atproto.ts/publication'
 *
 * const identity = new IdentityResolver()
 * const { document } = await resolveLexicon('com.example.thing', { identity })
 * const lexicons = new Lexicons([document])
 * ```
 */
export async function resolveLexicon(
  nsid: string,
  options: ResolveLexiconOptions,
): Promise<PublishedLexicon> {
  const fail = (problem: string, code: PublicationErrorCode, cause?: unknown): never => {
    throw new PublicationError(problem, { asked: nsid, code, cause })
  }
  if (!isNsid(nsid)) return fail('this is no NSID', 'invalid-nsid')
  const authority = await openAuthority(groupOf(nsid), options)
  const { uri, cid, record } = await fetchProof(nsid, authority, options.signal)
  if (cid === null || record === null) return fail(`there is no record ${uri}`, 'not-published')
  if (record['$type'] !== COLLECTION || record['id'] !== nsid) {
    return fail(`${uri} is no lexicon of this name`, 'not-a-lexicon')
  }
  try {
    return { nsid, uri, cid, document: parseLexicon(record) }
  } catch (error) {
    if (!(error instanceof LexiconError)) throw error
    return fail(`${uri} breaks the lexicon language`, 'invalid-lexicon', error)
  }
}

/** What the repository proves of the place that an NSID has in it. */
async function fetchProof(
  nsid: Nsid,
  { did, signingKey, client }: Authority,
  signal: AbortSignal | undefined,
): Promise<RecordProof> {
  const place = { did, collection: COLLECTION, rkey: nsid } as const
  const fail = (problem: string, code: PublicationErrorCode, cause: unknown): never => {
    if (signal?.aborted) throw signal.reason
    throw new PublicationError(problem, { asked: nsid, code, cause })
  }
  const car = await client
    .call(getRecord, place)
    .then(async ({ data }) => new Uint8Array(await new Response(data).arrayBuffer()))
    .catch((error: unknown) => {
      const isAbsent = isXrpcError(error, 'RecordNotFound')
      return fail(`${did} gave no lexicon`, isAbsent ? 'not-published' : 'pds-failed', error)
    })
  return verifyRecordProof(car, { ...place, signingKey }).catch((error: unknown) =>
    fail(`${did} gave no valid proof`, 'invalid-proof', error),
  )
}
