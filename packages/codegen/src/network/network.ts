// The way to published lexicons. Only a command that asks for some loads this.

import { dnsOverHttps, IdentityResolver } from 'atproto.ts/identity'
import { formatPath, LexiconError } from 'atproto.ts/lexicon'
import { listLexicons, PublicationError, resolveLexicon } from 'atproto.ts/publication'
import type { PublishedLexicon, ResolveLexiconOptions } from 'atproto.ts/publication'
import { ProblemError } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { resolveClosure } from './lexicon-closure.ts'

/** Whom to ask. */
export interface NetworkOptions {
  /** The PLC directory. @default 'https://plc.directory' */
  plcUrl: string | undefined
  /** A resolver of DNS over HTTPS with a JSON interface. @default the system's name servers */
  dnsOverHttps: string | undefined
  /** For development: lets repositories be on this machine, without TLS. */
  allowLoopback: boolean
}

/**
 * Resolves lexicons and what they refer to.
 *
 * @param wanted NSIDs, and groups of NSIDs such as `com.example.*`.
 * @param isKnown Whether a document is at hand already, so that a reference to it is not followed.
 * @throws ProblemError where they cannot be had
 */
export async function fetchLexicons(
  wanted: readonly string[],
  isKnown: (nsid: string) => boolean,
  { plcUrl, dnsOverHttps: dohUrl, allowLoopback }: NetworkOptions,
): Promise<PublishedLexicon[]> {
  const dns = dohUrl === undefined ? undefined : dnsOverHttps(dohUrl)
  const options = { identity: askingOnce(new IdentityResolver({ plcUrl, dns, allowLoopback })) }
  const expand = async (name: string): Promise<string[]> =>
    name.endsWith('.*') ? listLexicons(name.slice(0, -'.*'.length), options) : [name]
  try {
    const nsids = await Promise.all(wanted.map(expand))
    return await resolveClosure(
      nsids.flat(),
      async (nsid) => resolveLexicon(nsid, options),
      isKnown,
    )
  } catch (error) {
    throw error instanceof PublicationError ? new ProblemError(problemsOf(error)) : error
  }
}

function problemsOf({ asked: document, code, message, cause }: PublicationError): Problem[] {
  // What a problem is about stands before it anyway.
  if (!(cause instanceof LexiconError) || code !== 'invalid-lexicon') {
    return [{ document, code, message: message.slice(`${document}: `.length) }]
  }
  return cause.issues.map(({ path, message: fault }) => ({
    document,
    path: formatPath(path),
    code,
    message: fault,
  }))
}

/** A resolver that asks DNS for each authority once, however many of its lexicons are wanted. */
function askingOnce(identity: IdentityResolver): ResolveLexiconOptions['identity'] {
  const answers = new Map<string, Promise<string[]>>()
  return {
    publicFetch: identity.publicFetch,
    resolve: async (did) => identity.resolve(did),
    async resolveTxt(name) {
      const answer = answers.get(name) ?? identity.resolveTxt(name)
      answers.set(name, answer)
      return answer
    },
  }
}
