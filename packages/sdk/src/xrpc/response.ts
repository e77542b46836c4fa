// Turns an HTTP response into data, or into the error that it stands for.
import type { XrpcMethod } from '../lexicon/index.ts'
import { JSON_ENCODING } from './encoding.ts'
import { errorClass, InvalidResponseError } from './errors.ts'
import type { CallFacts, CarriedOut, XrpcErrorOptions } from './errors.ts'
import { readRateLimit } from './rate-limit.ts'
import type { RateLimit } from './rate-limit.ts'

/** A successful answer. */
export interface XrpcResponse<Data> {
  /** What the method's lexicon promises; a stream where that is not JSON. */
  data: Data
  headers: Headers
  status: number
  /** The rate limit's state, where the server tells it. */
  rateLimit?: RateLimit
}

/**
 * @internal Reads the answer to a call.
 * @throws XrpcError where it is an error.
 * @throws InvalidResponseError where it is not what the method promises.
 */
export async function readResponse(
  response: Response,
  method: XrpcMethod,
  attempts: number,
): Promise<XrpcResponse<unknown>> {
  const { headers, ok, status } = response
  const { nsid, output } = method
  const answer = { headers, status, ...readRateLimit(headers) }
  if (ok && output && output !== JSON_ENCODING) {
    return { ...answer, data: response.body ?? new Blob().stream() }
  }
  // An error's status says enough where its body is cut short.
  const text = await (ok ? response.text() : response.text().catch(String))
  const body = parseJson(text)
  if (ok && (body !== undefined || !output)) return { ...answer, data: output && body }

  // 501 says that the server does not know the method.
  const carriedOut = ok ? 'yes' : status < 500 || status === 501 ? 'no' : 'unknown'
  const { error, message = error } = Object(body) as { error?: unknown; message?: string }
  const isXrpc = !ok && typeof error === 'string'
  const what = headers.get('location') ?? JSON.stringify(text.slice(0, 80))
  const facts = {
    ...answer,
    ...callFacts(method, attempts, carriedOut),
    ...(!ok && { error: isXrpc ? error : 'Unknown' }),
  } as XrpcErrorOptions
  throw new (ok ? InvalidResponseError : errorClass(status))(
    isXrpc ? String(message) : `${nsid} got ${status} and ${what}, no XRPC: is the service a PDS?`,
    facts,
  )
}

/** The value, or undefined, which no JSON stands for. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @internal What errors tell of a call. A query changes nothing, so there is nothing to carry out. */
export function callFacts(
  { nsid, type }: XrpcMethod,
  attempts: number,
  carriedOut: CarriedOut,
): CallFacts {
  return type === 'query' ? { nsid, attempts } : { nsid, attempts, carriedOut }
}
