// Who may publish the lexicons of a group of NSIDs, and where
// (https://atproto.com/specs/lexicon#lexicon-publication-and-resolution).

import type { DidKey } from '../crypto/index.ts'
import type { Identity, IdentityResolver } from '../identity/index.ts'
import type { Did } from '../syntax/index.ts'
import { createFetchHandler, XrpcClient } from '../xrpc/index.ts'
import { limitedFetch } from './limited-fetch.ts'
import { PublicationError } from './publication-error.ts'
import type { PublicationErrorCode } from './publication-error.ts'

/** The collection that lexicons are published in, under their NSID. */
export const COLLECTION = 'com.atproto.lexicon.schema'

/** How lexicons are asked for. */
export interface ResolveLexiconOptions {
  /** Finds the authority and its repository. What it knows is used again. */
  identity: Pick<IdentityResolver, 'publicFetch' | 'resolve' | 'resolveTxt'>
  /**
   * Sends the calls to repositories, in place of the resolver's `publicFetch`. Hosts are named by
   * strangers: a function of yours has to see to it where they are. Redirects are not followed.
   */
  fetch?: typeof globalThis.fetch | undefined
  /** How long an answer of a repository may take, in milliseconds. @default 10_000 */
  timeout?: number | undefined
  /** Gives up. */
  signal?: AbortSignal | undefined
}

/** @internal The repository of an authority, and the way to it. */
export interface Authority {
  did: Did
  signingKey: DidKey
  client: XrpcClient
}

const DEFAULT_TIMEOUT = 10_000

// A record has at most 1 MiB, and its proof takes a block for each level of the tree above it; a page
// of a list has a hundred records of the usual few KiB.
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/** @internal `com.example.thing` → `com.example`: names with one authority differ in the last part. */
export function groupOf(nsid: string): string {
  return nsid.slice(0, nsid.lastIndexOf('.'))
}

/**
 * @internal The repository that holds the lexicons of a group.
 * @throws PublicationError `authority-not-found`, `authority-ambiguous`, `dns-failed`,
 *   `identity-failed`
 */
export async function openAuthority(
  group: string,
  {
    identity,
    fetch = identity.publicFetch,
    timeout = DEFAULT_TIMEOUT,
    signal,
  }: ResolveLexiconOptions,
): Promise<Authority> {
  const fail = (problem: string, code: PublicationErrorCode, cause?: unknown): never => {
    throw new PublicationError(problem, { asked: `${group}.*`, code, cause })
  }
  // Neither the domain above nor those below are asked.
  const name = `_lexicon.${group.split('.').toReversed().join('.')}`
  const values = await identity
    .resolveTxt(name)
    .catch((error: unknown) => fail(`DNS did not answer for ${name}`, 'dns-failed', error))
  const named = values.filter((value) => value.startsWith('did=')).map((value) => value.slice(4))
  const [authority, ...others] = new Set(named)
  if (authority === undefined) {
    return fail(`the TXT records of ${name} name no repository`, 'authority-not-found')
  }
  if (others.length > 0) {
    return fail(`the TXT records of ${name} name several repositories`, 'authority-ambiguous')
  }
  const { did, pds, signingKey }: Identity = await identity
    .resolve(authority)
    .catch((error: unknown) => fail(`${authority} does not resolve`, 'identity-failed', error))
  if (!pds) return fail(`${did} has no PDS that may be asked`, 'identity-failed')
  if (!signingKey) return fail(`${did} has no signing key`, 'identity-failed')
  const send = createFetchHandler(pds, limitedFetch(fetch, MAX_ANSWER_BYTES))
  // The authority chose the host; it shall not choose where the call goes from there as well.
  const client = new XrpcClient((path, init) => send(path, { ...init, redirect: 'manual' }), {
    timeout,
    signal,
    retry: { maxAttempts: 3 },
  })
  return { did, signingKey, client }
}
