// Turns an HTTP response into data, or into the error that it stands for.
import type { XrpcMethod } from '../lexicon/index.ts'
import { createXrpcError, InvalidResponseError } from './errors.ts'
import type { CarriedOut, XrpcError } from './errors.ts'
import { readRateLimit } from './rate-limit.ts'
import type { RateLimit } from './rate-limit.ts'
import { isJson } from './request.ts'

/** A successful answer. */
export interface XrpcResponse<Data> {
  /** What the method's lexicon promises; a stream where that is not JSON. */
  data: Data
  headers: Headers
  status: number
  /** The rate limit's state, where the server tells it. */
  rateLimit?: RateLimit
}

/** What errors say of the call besides what is in the response. */
interface Context {
  method: XrpcMethod
  attempts: number
}

/**
 * @internal Reads the body of a successful response.
 * @throws InvalidResponseError where it is not what the method promises.
 */
export async function readResponse(
  response: Response,
  context: Context,
): Promise<XrpcResponse<unknown>> {
  const { headers, status } = response
  const rateLimit = readRateLimit(headers)
  const data = await readData(response, context)
  return { data, headers, status, ...(rateLimit && { rateLimit }) }
}

async function readData(response: Response, { method, attempts }: Context): Promise<unknown> {
  if (method.output && !isJson(method.output)) return response.body ?? new Blob().stream()
  const text = await response.text()
  if (!method.output) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = `The server answered ${method.nsid} with ${describe(response, text)} in place of JSON. ${HINT}`
    const carriedOut = method.type === 'procedure' ? { carriedOut: 'yes' as const } : {}
    throw new InvalidResponseError(message, response, {
      nsid: method.nsid,
      attempts,
      cause,
      ...carriedOut,
    })
  }
}

/** @internal The error that a response outside 2xx stands for. A body that is cut short is none. */
export async function readFailure(
  response: Response,
  { method, attempts }: Context,
): Promise<XrpcError> {
  const { status, headers } = response
  const text = await response.text().catch(() => '')
  let body: { error?: unknown; message?: unknown } | null = null
  try {
    body = JSON.parse(text)
  } catch {
    // not XRPC: a proxy, or no PDS at all
  }
  const error = typeof body?.error === 'string' ? body.error : 'Unknown'
  const message =
    typeof body?.message === 'string'
      ? body.message
      : body?.error === error
        ? error
        : `The server answered ${method.nsid} with ${describe(response, text)}, not with an XRPC error. ${HINT}`
  // 501 says that the server does not know the method
  const carriedOut: CarriedOut = status >= 500 && status !== 501 ? 'unknown' : 'no'
  return createXrpcError(
    { status, headers, error, message },
    { nsid: method.nsid, attempts, ...(method.type === 'procedure' && { carriedOut }) },
  )
}

const HINT = 'Check that the service is a PDS, and its URL.'

/** How an answer that was not expected looked. */
function describe({ status, headers, type }: Response, text: string): string {
  const location = headers.get('location')
  if (location || type === 'opaqueredirect')
    return `a redirect (${status}) to ${location ?? 'elsewhere'}`
  const kind = headers.get('content-type')?.split(';')[0] || 'no content type'
  return text
    ? `status ${status} and ${kind} (${JSON.stringify(text.slice(0, 80))})`
    : `status ${status} and an empty body`
}
