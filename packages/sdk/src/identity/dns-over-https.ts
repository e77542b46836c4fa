// TXT records where the platform has no DNS: by the JSON that public resolvers give over HTTPS.
import { IdentityError } from './identity-error.ts'

/**
 * Finds the TXT records of a name: each is an array of its pieces, as of `node:dns`. No records are
 * an empty array, or an error with the code `ENOTFOUND` or `ENODATA`.
 */
export type ResolveTxt = (name: string, options: { signal: AbortSignal }) => Promise<string[][]>

/** The public resolver that is asked where the platform has no DNS and none is named. */
export const DEFAULT_DOH_URL = 'https://cloudflare-dns.com/dns-query'

const TXT = 16
const NXDOMAIN = 3

interface DnsAnswer {
  Status?: unknown
  Answer?: readonly { type?: unknown; data?: unknown }[]
}

/**
 * TXT records by DNS over HTTPS, for the `dns` option of `IdentityResolver`. The resolver learns
 * which handles you ask for.
 *
 * @param url A resolver with a JSON interface: `https://cloudflare-dns.com/dns-query`,
 *   `https://dns.google/resolve`, or one of your own.
 * @param fetch In place of the platform's own `fetch`.
 */
export function dnsOverHttps(
  url: string = DEFAULT_DOH_URL,
  fetch?: typeof globalThis.fetch,
): ResolveTxt {
  return async (name, { signal }) => {
    const query = `${url}?name=${encodeURIComponent(name)}&type=TXT`
    const response = await (fetch ?? globalThis.fetch)(query, {
      headers: { accept: 'application/dns-json' },
      signal,
    })
    const { Status, Answer }: DnsAnswer = response.ok ? await response.json() : {}
    if (Status !== 0 && Status !== NXDOMAIN) {
      throw new IdentityError(`${url} answered ${response.status}, DNS status ${String(Status)}.`, {
        code: 'dns-failed',
      })
    }
    const records = Array.isArray(Answer) ? Answer : []
    return records
      .filter(({ type, data }) => type === TXT && typeof data === 'string')
      .map(({ data }) => txtPieces(data as string))
  }
}

/** Resolvers give a record as zone files write it, in quoted pieces, or as its plain text. */
function txtPieces(data: string): string[] {
  if (!data.startsWith('"')) return [data]
  const pieces = data.matchAll(/"((?:[^"\\]|\\.)*)"/g)
  return Array.from(pieces, ([, piece = '']) => piece.replace(/\\(.)/g, '$1'))
}
