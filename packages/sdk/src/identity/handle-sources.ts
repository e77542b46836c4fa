// From a handle to the DID that its domain names: by DNS, and by a file on its host.
import { isDid, isHandle, normalizeHandle } from '../syntax/index.ts'
import type { Did, Handle } from '../syntax/index.ts'
import { fetchText, refusal } from './fetch-text.ts'
import { IdentityError } from './identity-error.ts'
import type { Network } from './network.ts'
import { assertPublicHost } from './public-host.ts'
import { txtRecords } from './txt-records.ts'

/** How many redirects a handle's host may make; the specification leaves it open. */
const MAX_REDIRECTS = 3

/**
 * @internal The handle in lower case, if it is one that can resolve.
 * @throws IdentityError `invalid-handle`, `reserved-domain`.
 */
export function resolvableHandle(handle: string, network: Network): Handle {
  if (!isHandle(handle)) {
    throw new IdentityError(`${JSON.stringify(handle)} is no handle.`, {
      code: 'invalid-handle',
    })
  }
  assertPublicHost(handle, network.allowLoopback)
  return normalizeHandle(handle)
}

/**
 * @internal Asks DNS and the handle's host at the same time. Where both know a DID, that of DNS
 * counts, so that the result does not hang on which of them was faster.
 *
 * @throws IdentityError `handle-not-found`, `handle-ambiguous`, `not-a-did`, `bad-status`,
 *   `dns-failed`, or what `fetchText` throws.
 * @see https://atproto.com/specs/handle#handle-resolution
 */
export async function didOfHandle(handle: Handle, network: Network): Promise<Did> {
  const { watch } = network
  const name = `_atproto.${handle}`
  const url = `https://${handle}/.well-known/atproto-did`
  const stop = new AbortController()
  const fromHost = didFromHost(url, network, stop.signal)
  const fromDns = didFromDns(name, network)
  watch?.('dns', name, fromDns)
  watch?.('well-known', url, fromHost)
  fromHost.catch(() => {})
  try {
    return await fromDns
  } catch (dnsError) {
    if (!(dnsError instanceof IdentityError) || dnsError.code === 'handle-ambiguous') throw dnsError
    return await fromHost.catch((error: unknown) => {
      // Where DNS did not answer, nobody knows that it has no record.
      throw dnsError.retryable ? dnsError : error
    })
  } finally {
    if (!watch) stop.abort()
  }
}

async function didFromDns(name: string, network: Network): Promise<Did> {
  const records = await txtRecords(name, network)
  const values = records.map((record) => /^did=(.*)$/.exec(record)?.[1])
  const [did, ...others] = new Set(values.filter(isDid))
  if (did && others.length === 0) return did
  throw new IdentityError(`The TXT records of ${name} name ${did ? 'several DIDs' : 'no DID'}.`, {
    code: did ? 'handle-ambiguous' : 'handle-not-found',
  })
}

async function didFromHost(url: string, network: Network, signal: AbortSignal): Promise<Did> {
  const options = { redirects: MAX_REDIRECTS, signal }
  const { ok, status, text } = await fetchText(network, url, options)
  if (!ok) throw refusal(url, status, 'handle-not-found')
  const did = text.trim()
  if (isDid(did)) return did
  throw new IdentityError(`${url} is no DID.`, { code: 'not-a-did' })
}
