// The way to published lexicons. Only a command that asks for some loads this.

import { dnsOverHttps, IdentityResolver } from 'atproto.ts/identity'
import { systemDns } from './lexicon-authority.ts'
import { resolveClosure } from './lexicon-closure.ts'
import { LexiconResolver } from './lexicon-resolver.ts'
import type { PublishedLexicon } from './lexicon-resolver.ts'

/** Whom to ask. */
export interface NetworkOptions {
  /** The PLC directory. @default 'https://plc.directory' */
  plcUrl: string | undefined
  /** A resolver of DNS over HTTPS with a JSON interface. @default the system's name servers */
  dnsOverHttps: string | undefined
  /** For development: lets repositories be on this machine, without TLS. */
  allowLoopback: boolean
}

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 10_000

/**
 * Resolves lexicons and what they refer to.
 *
 * @param wanted NSIDs, and groups of NSIDs such as `com.example.*`.
 * @param isKnown Whether a document is at hand already, so that a reference to it is not followed.
 * @throws ResolutionError, CodegenError as `resolveClosure`
 */
export async function fetchLexicons(
  wanted: readonly string[],
  isKnown: (nsid: string) => boolean,
  { plcUrl, dnsOverHttps: dohUrl, allowLoopback }: NetworkOptions,
): Promise<PublishedLexicon[]> {
  const dns = dohUrl === undefined ? systemDns : dnsOverHttps(dohUrl)
  const identity = new IdentityResolver({ plcUrl, dns, allowLoopback })
  const resolver = new LexiconResolver({ identity, dns, timeout: TIMEOUT })
  const nsids = await Promise.all(
    wanted.map(async (name) =>
      name.endsWith('.*') ? resolver.list(name.slice(0, -'.*'.length)) : [name],
    ),
  )
  return resolveClosure(nsids.flat(), resolver, isKnown)
}
