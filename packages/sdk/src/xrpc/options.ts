// What a caller can say of a call besides its input.
import type { Did } from '../syntax/index.ts'
import type { XrpcResponse } from './response.ts'
import type { RetryOptions } from './retry-options.ts'

/** The options of one call. Those given to the client are the defaults of all its calls. */
export interface CallOptions {
  /** Ends the call at once, waits between attempts included. Its reason is what the call throws. */
  signal?: AbortSignal | undefined
  /** Sent with the request, over the client's own. */
  headers?: HeadersInit | undefined
  /**
   * How long one attempt may take in milliseconds, from the request to the end of the answer's body.
   * For an answer that is a stream: to its headers, and then to each further piece.
   * @default 30_000
   */
  timeout?: number | undefined
  /** How to make a failed call again. Without it, a call is made once. */
  retry?: RetryOptions | undefined
  /**
   * What to do on 429: throw a `RateLimitExceededError`, or wait for as long as the server says and
   * call again. Where the server does not say how long, it throws in either case.
   * @default 'throw'
   */
  rateLimit?: 'throw' | 'wait' | undefined
  /**
   * The service to which the PDS forwards the call, as a DID and the id of its service entry, such
   * as `did:web:api.bsky.app#bsky_appview`.
   * @see https://atproto.com/specs/xrpc#service-proxying
   */
  proxy?: `${Did}#${string}` | undefined
  /**
   * The labelers whose labels the answer shall carry; `;redact` leaves out what they take down.
   * @see https://atproto.com/specs/label
   */
  labelers?: readonly (Did | `${Did};redact`)[] | undefined
  /** The MIME type of a binary body; else the one of the `Blob`, or `application/octet-stream`. */
  encoding?: string | undefined
  /**
   * Makes a procedure safe to repeat: asks whether it was carried out after its answer was lost, and
   * gives its answer if it was, or undefined if not, in which case it may be made again.
   */
  settle?: (() => Promise<XrpcResponse<unknown> | undefined>) | undefined
}

/** The options of a procedure that its lexicon gives parameters besides its input. */
export interface ProcedureOptions<Params> extends CallOptions {
  params?: Params | undefined
}

/** @internal Options whose headers are known by name. */
export type MergedOptions<Options> = Omit<Options, 'headers'> & { headers: Record<string, string> }

/** @internal A call's own options over the client's; headers are joined, name by name. */
export function mergeOptions<Options extends CallOptions>(
  defaults: CallOptions,
  options: Options,
): MergedOptions<Options> {
  const headers: Record<string, string> = {}
  // Plain, because the platform's own cost more than all else here.
  for (const { headers: given } of [defaults, options]) {
    if (given) new Headers(given).forEach((value, name) => (headers[name] = value))
  }
  // An option that is given as undefined does not hide a default.
  const merged: Record<string, unknown> = { ...defaults }
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) merged[name] = value
  }
  return { ...(merged as Options), headers }
}
