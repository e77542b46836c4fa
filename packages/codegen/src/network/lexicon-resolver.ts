// Lexicons as their authorities publish them: from an NSID to a document that its publisher's
// repository proves.

import type { IdentityResolver, ResolveTxt } from 'atproto.ts/identity'
import { main as listRecords } from 'atproto.ts/lexicons/com.atproto.repo.listRecords'
import { main as getRecord } from 'atproto.ts/lexicons/com.atproto.sync.getRecord'
import { verifyRecordProof } from 'atproto.ts/repo'
import type { RecordProof } from 'atproto.ts/repo'
import { isNsid } from 'atproto.ts/syntax'
import type { Did } from 'atproto.ts/syntax'
import { createFetchHandler, isXrpcError, paginate, XrpcClient } from 'atproto.ts/xrpc'
import { groupOf, resolveAuthority } from './lexicon-authority.ts'
import { limitedFetch } from './limited-fetch.ts'
import { ResolutionError } from './resolution-error.ts'
import type { ResolutionErrorCode } from './resolution-error.ts'

/** How to ask. */
export interface LexiconResolverOptions {
  identity: Pick<IdentityResolver, 'publicFetch' | 'resolve'>
  /** Finds TXT records. */
  dns: ResolveTxt
  /** How long an answer may take, in milliseconds. */
  timeout: number
}

/** A lexicon, and where it was found. */
export interface PublishedLexicon {
  nsid: string
  /** Where the record is. */
  uri: string
  /** Which version of it this is. */
  cid: string
  /** The record: JSON of anybody's making, but for its `id`, which is the NSID. */
  document: { [field: string]: unknown }
}

/** The collection that lexicons are published in, under their NSID. */
const COLLECTION = 'com.atproto.lexicon.schema'

/** More than anybody publishes in one group. */
const MAX_IN_GROUP = 1_000

/** More than any repository with lexicons has, of a hundred records each. */
const MAX_PAGES = 100

// A record has at most 1 MiB, and its proof takes a block for each level of the tree above it; a page
// of a list has a hundred records of the usual few KiB.
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/** Resolves NSIDs. Each authority is looked up once. */
export class LexiconResolver {
  readonly #options: LexiconResolverOptions
  readonly #repositories = new Map<string, Promise<Repository>>()

  constructor(options: LexiconResolverOptions) {
    this.#options = options
  }

  /**
   * The lexicon that an NSID names, as the repository of its authority holds it now. That it does is
   * verified: the blocks by their hashes, the commit by the account's signature.
   *
   * @throws ResolutionError with any code but `too-many`
   */
  async resolve(nsid: string): Promise<PublishedLexicon> {
    if (!isNsid(nsid)) throw new ResolutionError(nsid, 'this is no NSID', 'invalid-nsid')
    const repository = await this.#repository(groupOf(nsid))
    const { uri, cid, record } = await fetchProof(nsid, repository)
    if (cid === null || record === null) {
      throw new ResolutionError(nsid, `there is no record ${uri}`, 'not-published')
    }
    if (record['$type'] !== COLLECTION || record['id'] !== nsid) {
      throw new ResolutionError(nsid, `${uri} is no lexicon of this name`, 'not-a-lexicon')
    }
    return { nsid, uri, cid, document: record }
  }

  /**
   * The NSIDs of a group that its authority says it has published, in their order. Only the lexicons
   * themselves are proven: a list may leave some out.
   *
   * @param group What precedes the last name: `com.example` for `com.example.thing`.
   * @throws ResolutionError `too-many`, or why there is no list
   */
  async list(group: string): Promise<string[]> {
    const { did, client } = await this.#repository(group)
    const asked = `${group}.*`
    const nsids = new Set<string>()
    const input = { repo: did, collection: COLLECTION, limit: 100 } as const
    const tooMany = new ResolutionError(asked, `there are over ${MAX_IN_GROUP}`, 'too-many')
    let pages = 0
    const found = paginate(
      async (cursor) => {
        if (pages++ === MAX_PAGES) throw tooMany
        return client.call(listRecords, { ...input, cursor })
      },
      (page) => page.records,
    )
    try {
      for await (const { uri } of found) {
        const nsid = uri.slice(uri.lastIndexOf('/') + 1)
        if (groupOf(nsid) === group) nsids.add(nsid)
        if (nsids.size > MAX_IN_GROUP) throw tooMany
      }
    } catch (error) {
      if (error instanceof ResolutionError) throw error
      throw new ResolutionError(asked, `${did} gave no list`, 'pds-failed', error)
    }
    if (nsids.size === 0) throw new ResolutionError(asked, `${did} has none`, 'not-published')
    return [...nsids].toSorted()
  }

  async #repository(group: string): Promise<Repository> {
    const known = this.#repositories.get(group) ?? openRepository(group, this.#options)
    this.#repositories.set(group, known)
    return known
  }
}

/** The repository of an authority, and the way to it. */
interface Repository {
  did: Did
  signingKey: string
  client: XrpcClient
}

async function openRepository(
  group: string,
  { identity, dns, timeout }: LexiconResolverOptions,
): Promise<Repository> {
  const authority = await resolveAuthority(group, dns, timeout)
  const fail = (problem: string, cause?: unknown): never => {
    throw new ResolutionError(`${group}.*`, problem, 'identity-failed', cause)
  }
  const { did, pds, signingKey } = await identity
    .resolve(authority)
    .catch((error: unknown) => fail(`${authority} does not resolve`, error))
  if (!pds) return fail(`${did} has no PDS that may be asked`)
  if (!signingKey) return fail(`${did} has no signing key`)
  const fetch = limitedFetch(identity.publicFetch, MAX_ANSWER_BYTES)
  const client = new XrpcClient(createFetchHandler(pds, fetch), {
    timeout,
    retry: { maxAttempts: 3 },
  })
  return { did, signingKey, client }
}

/** What the repository proves of the place that an NSID has in it. */
async function fetchProof(nsid: string, repository: Repository): Promise<RecordProof> {
  const { did, signingKey, client } = repository
  const place = { did, collection: COLLECTION, rkey: nsid } as const
  const fail = (problem: string, code: ResolutionErrorCode, cause: unknown): never => {
    throw new ResolutionError(nsid, problem, code, cause)
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
