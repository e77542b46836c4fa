// Asks a host for a small text, within limits that hold against a host that means harm.
import { IdentityError } from './identity-error.ts'
import type { IdentityErrorCode } from './identity-error.ts'
import type { Network } from './network.ts'
import { assertPublicUrl } from './public-host.ts'
import { withTimeLimit } from './time-limit.ts'

/** The longest answer, in bytes after decompression. */
export const MAX_BODY_BYTES: number = 256 * 1024

/** @internal How a text is asked for. */
export interface FetchTextOptions {
  /** A URL that the program chose itself, which may then be any. */
  trusted?: boolean | undefined
  /** How many redirects to follow, each to a URL that is allowed in itself. @default 0 */
  redirects?: number | undefined
  /** Gives up. */
  signal?: AbortSignal | undefined
}

/** @internal What a host answered. */
export interface TextAnswer {
  ok: boolean
  /** The HTTP status; 0 where there is no host of that name. */
  status: number
  /** Empty unless the answer is a success. */
  text: string
}

/**
 * @internal The answer's status and its text, which is read on success alone.
 * @throws IdentityError `not-https`, `not-public`, `reserved-domain`, `redirected`,
 *   `body-too-large`, `timeout`, `server-error`, `unreachable`.
 */
export function fetchText(
  network: Network,
  address: string,
  { trusted = false, redirects = 0, signal }: FetchTextOptions = {},
): Promise<TextAnswer> {
  const { allowLoopback, publicFetch, timeout } = network
  const fetch = trusted ? network.fetch : publicFetch

  const follow = async (url: URL, left: number, limit: AbortSignal): Promise<TextAnswer> => {
    if (!trusted) assertPublicUrl(url, allowLoopback)
    const response = await fetch(url.href, {
      redirect: 'manual',
      credentials: 'omit',
      signal: limit,
    })
    const { status, ok } = response
    // Browsers hide where a redirect leads, behind a status of 0, so that it cannot be checked.
    if (!ok && status < 400) {
      const target = response.headers.get('location')
      if (left === 0 || !target || !URL.canParse(target, url)) {
        throw new IdentityError(`${url} redirects to ${target}.`, { code: 'redirected' })
      }
      return follow(new URL(target, url), left - 1, limit)
    }
    if (status >= 500 || status === 429) {
      throw new IdentityError(`${url} answered ${status}.`, { code: 'server-error' })
    }
    return { ok, status, text: ok ? await readText(response, url) : '' }
  }

  const ask = (limit: AbortSignal) => follow(new URL(address), redirects, limit)
  return withTimeLimit(address, timeout, ask, signal).catch((cause: unknown) => {
    if (cause instanceof IdentityError || signal?.aborted) throw cause
    if (!trusted && isNoSuchHost(Object(cause))) return { ok: false, status: 0, text: '' }
    const message = `${address} was unreachable.`
    throw new IdentityError(message, { code: 'unreachable', cause })
  })
}

/** @internal The error of an answer without success. What is not found, or gone, is `missing`. */
export function refusal(url: string, status: number, missing: IdentityErrorCode): IdentityError {
  return new IdentityError(status ? `${url} answered ${status}.` : `${url} has no such host.`, {
    code: [0, 404, 410].includes(status) ? missing : 'bad-status',
  })
}

/** Whether a host could not be reached because there is none of that name: Node tells. */
function isNoSuchHost(error: { code?: unknown; cause?: { code?: unknown } }): boolean {
  return (error.code ?? error.cause?.code) === 'ENOTFOUND'
}

async function readText(response: Response, url: URL): Promise<string> {
  const decoder = new TextDecoder()
  // Not `for await`, which not every browser has for streams.
  const reader = response.body?.getReader()
  let text = ''
  for (let size = 0; ;) {
    const piece = await reader?.read()
    if (!piece?.value) return text + decoder.decode()
    size += piece.value.length
    if (size > MAX_BODY_BYTES) {
      throw new IdentityError(`${url} answered with over ${MAX_BODY_BYTES} bytes.`, {
        code: 'body-too-large',
      })
    }
    text += decoder.decode(piece.value, { stream: true })
  }
}
