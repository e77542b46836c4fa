// Turns a call into an HTTP request.
import type { BinaryInput, XrpcMethod } from '../lexicon/index.ts'
import type { ProcedureOptions } from './options.ts'

export const JSON_ENCODING = 'application/json'

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
  options: ProcedureOptions<unknown>,
): XrpcRequest {
  const headers = new Headers(options.headers)
  if (options.proxy) headers.set('atproto-proxy', options.proxy)
  if (options.labelers) headers.set('atproto-accept-labelers', options.labelers.join(', '))

  const isQuery = method.type === 'query'
  let body = isQuery ? undefined : (input as BodyInit | BinaryInput | undefined)
  if (isJson(method.input) && body !== undefined) {
    body = JSON.stringify(body)
    headers.set('content-type', JSON_ENCODING)
  } else if (body !== undefined) {
    headers.set('content-type', options.encoding || binaryType(method, body as BinaryInput))
  }
  return {
    pathname: `/xrpc/${method.nsid}${formatParams(isQuery ? input : options.params)}`,
    replayable: !(body instanceof ReadableStream),
    init: () => {
      const opened = typeof body === 'function' ? body() : body
      return {
        method: isQuery ? 'GET' : 'POST',
        headers: new Headers(headers),
        // A redirect is not part of XRPC, and would carry the caller's token along.
        redirect: 'manual',
        ...(opened !== undefined && { body: opened as BodyInit }),
        // The platform demands this of a body whose length it cannot know.
        ...(opened instanceof ReadableStream && { duplex: 'half' }),
      }
    },
  }
}

export function isJson(encoding: string | undefined): boolean {
  return encoding === JSON_ENCODING
}

function binaryType(method: XrpcMethod, body: BinaryInput): string {
  const declared = method.input?.includes('*') ? '' : method.input
  return declared || (body instanceof Blob && body.type) || 'application/octet-stream'
}

/** The query string, `?` included; lists repeat their name (specs/xrpc, "Lexicon HTTP Endpoints"). */
function formatParams(params: unknown = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params as object)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined) continue
      if (item === null || typeof item === 'object') {
        throw new TypeError(`The parameter "${name}" must be text, a number or a boolean`)
      }
      search.append(name, String(item))
    }
  }
  return search.size ? `?${search}` : ''
}
