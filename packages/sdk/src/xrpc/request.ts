// Turns a call into an HTTP request.
import type { XrpcMethod } from '../lexicon/index.ts'
import { JSON_ENCODING } from './encoding.ts'
import type { MergedOptions, ProcedureOptions } from './options.ts'

/** @internal An HTTP request that can be sent once, or as often as `replayable` allows. */
export interface XrpcRequest {
  pathname: string
  /** Made anew for each attempt, because a body given as a function is opened anew. */
  init: () => RequestInit
  /** Whether the body can be sent a second time; a stream is used up by the first. */
  replayable: boolean
}

/**
 * @internal
 * @throws TypeError where a parameter is neither text, number nor boolean, or a header is malformed.
 */
export function createRequest(
  method: XrpcMethod,
  input: unknown,
  options: MergedOptions<ProcedureOptions<unknown>>,
): XrpcRequest {
  const { encoding, headers, labelers, params, proxy } = options
  if (proxy) headers['atproto-proxy'] = proxy
  if (labelers) headers['atproto-accept-labelers'] = labelers.join(', ')

  const isQuery = method.type === 'query'
  const isBinary = method.input !== JSON_ENCODING
  let body: unknown
  if (!isQuery && input !== undefined) {
    body = isBinary ? input : JSON.stringify(input)
    // A lexicon may leave the type open with a pattern.
    const declared = method.input?.includes('*') ? (input as Partial<Blob>).type : method.input
    headers['content-type'] ??= (isBinary && encoding) || declared || 'application/octet-stream'
  }
  return {
    pathname: `/xrpc/${method.nsid}${formatParams(isQuery ? input : params)}`,
    replayable: !(body instanceof ReadableStream),
    init: () => ({
      method: isQuery ? 'GET' : 'POST',
      headers,
      // A redirect is not part of XRPC, and would carry the caller's token along.
      redirect: 'manual',
      body: (typeof body === 'function' ? body() : body) as BodyInit,
      // The platform demands this with a body whose length it cannot know.
      duplex: 'half',
    }),
  }
}

/** The query string, `?` included; lists repeat their name (specs/xrpc, "Lexicon HTTP Endpoints"). */
function formatParams(params: unknown = {}): string {
  let query = ''
  for (const [name, value] of Object.entries(params as object)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      // null, too
      if (typeof item === 'object') {
        throw new TypeError(`Parameter "${name}" is an object or null`)
      }
      if (item !== undefined) query += `${query ? '&' : '?'}${name}=${encodeURIComponent(item)}`
    }
  }
  return query
}
