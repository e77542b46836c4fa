// Who may publish the lexicons of a group: https://atproto.com/specs/lexicon#lexicon-publication-and-resolution

import { Resolver } from 'node:dns/promises'
import type { ResolveTxt } from 'atproto.ts/identity'
import { ResolutionError } from './resolution-error.ts'

/** `com.example.thing` → `com.example`: NSIDs that differ in the last name only have one authority. */
export function groupOf(nsid: string): string {
  return nsid.slice(0, nsid.lastIndexOf('.'))
}

/**
 * The DID of the repository that holds the lexicons of a group, by the TXT record `_lexicon` of its
 * domain. Neither the domain above nor those below are asked.
 *
 * @throws ResolutionError `authority-not-found`, `authority-ambiguous`, `dns-failed`
 */
export async function resolveAuthority(
  group: string,
  dns: ResolveTxt,
  timeout: number,
): Promise<string> {
  const name = `_lexicon.${group.split('.').toReversed().join('.')}`
  const asked = `${group}.*`
  const records = name.length > MAX_DNS_NAME ? [] : await findRecords(name, asked, dns, timeout)
  const values = records.map((pieces) => pieces.join(''))
  const dids = values.filter((value) => value.startsWith(PREFIX))
  const [did, ...others] = new Set(dids.map((value) => value.slice(PREFIX.length)))
  if (did === undefined) {
    const problem = `the TXT records of ${name} name no repository`
    throw new ResolutionError(asked, problem, 'authority-not-found')
  }
  if (others.length > 0) {
    const problem = `the TXT records of ${name} name several repositories`
    throw new ResolutionError(asked, problem, 'authority-ambiguous')
  }
  return did
}

/** Asks the system's name servers. */
export const systemDns: ResolveTxt = async (name, { signal }) => {
  const resolver = new Resolver()
  signal.addEventListener('abort', () => resolver.cancel())
  return resolver.resolveTxt(name)
}

const PREFIX = 'did='

/** The longest name that DNS can be asked for. */
const MAX_DNS_NAME = 253

/** Errors by which `node:dns` says that there are no records. */
const NO_RECORDS: readonly unknown[] = ['ENODATA', 'ENOTFOUND']

async function findRecords(
  name: string,
  asked: string,
  dns: ResolveTxt,
  timeout: number,
): Promise<string[][]> {
  try {
    return await dns(name, { signal: AbortSignal.timeout(timeout) })
  } catch (cause) {
    if (NO_RECORDS.includes((cause as { code?: unknown }).code)) return []
    throw new ResolutionError(asked, `DNS did not answer for ${name}`, 'dns-failed', cause)
  }
}
