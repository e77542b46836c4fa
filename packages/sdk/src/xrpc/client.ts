// Calls XRPC methods: one request or several, until there is an answer or an error that stays.
import type { Procedure, Query } from '../lexicon/index.ts'
import { attempt } from './attempt.ts'
import { RateLimitExceededError } from './errors.ts'
import type { CallFacts } from './errors.ts'
import { createFetchHandler } from './fetch-handler.ts'
import type { FetchHandler } from './fetch-handler.ts'
import { mergeOptions } from './options.ts'
import type { CallOptions, ProcedureOptions } from './options.ts'
import { createRequest } from './request.ts'
import type { XrpcResponse } from './response.ts'
import { retryDelay } from './retry.ts'
import type { RetryEvent } from './retry-options.ts'
import { sleep } from './sleep.ts'

/** What follows the method in {@link XrpcClient.call}: optional where the method demands nothing. */
export type CallArguments<Method> =
  Method extends Query<infer Params, unknown, string>
    ? Arguments<Params, CallOptions>
    : Method extends Procedure<infer Params, infer Input, unknown, string>
      ? Arguments<Input, ProcedureOptions<Params>>
      : never

type Arguments<Input, Options> = undefined extends Input
  ? [input?: Input, options?: Options]
  : object extends Input
    ? [input?: Input, options?: Options]
    : [input: Input, options?: Options]

/** What a method answers with. */
export type CallOutput<Method> = Method extends { readonly '~types'?: { output: infer Output } }
  ? Output
  : unknown

/**
 * Calls methods of one service. It needs no list of methods: each call brings its own, so a bundle
 * holds only those that a program uses.
 *
 * @example
 * ```ts
 * import { XrpcClient } from 'atproto.ts/xrpc'
 * import * as resolveHandle from 'atproto.ts/lexicons/com.atproto.identity.resolveHandle'
 *
 * const client = new XrpcClient('bsky.social')
 * const { data } = await client.call(resolveHandle.main, { handle: 'atproto.com' })
 * ```
 */
export class XrpcClient {
  /** Sends the requests: a service's own, or a session around it. */
  readonly fetchHandler: FetchHandler
  readonly #defaults: CallOptions

  /**
   * @param service A host name, a URL, or a handler that knows where to send a request.
   * @param defaults The options of every call that does not say otherwise.
   * @throws TypeError where the service is none of these.
   */
  constructor(service: string | FetchHandler, defaults: CallOptions = {}) {
    this.fetchHandler = typeof service === 'string' ? createFetchHandler(service) : service
    this.#defaults = defaults
  }

  /**
   * Calls a query or a procedure.
   *
   * @param method The method, as a generated module exports it (`main`).
   * @returns The answer, with its data as the method's lexicon describes it.
   * @throws XrpcError (its subclass by status) where the server answers with an error.
   * @throws NetworkError, TimeoutError where no whole answer came back; `carriedOut` says what
   *   became of a procedure.
   * @throws InvalidResponseError where the answer is not what the method promises.
   */
  async call<Method extends Query | Procedure>(
    method: Method,
    ...call: CallArguments<Method>
  ): Promise<XrpcResponse<CallOutput<Method>>> {
    const [input, options = {}] = call as [unknown?, ProcedureOptions<unknown>?]
    const settings = mergeOptions(this.#defaults, options)
    const { retry, settle, signal } = settings
    if (retry && !(retry.maxAttempts >= 1)) throw new RangeError('retry.maxAttempts is below 1')
    const request = createRequest(method, input, settings)
    let waits = 0
    let lost = false
    for (let attempts = 1; ; attempts++) {
      try {
        const response = await attempt(this.fetchHandler, request, settings, method, attempts)
        return response as XrpcResponse<CallOutput<Method>>
      } catch (error) {
        const delay = request.replayable
          ? retryDelay(error, method, attempts - waits, settings)
          : undefined
        if (delay !== undefined) {
          if (error instanceof RateLimitExceededError) waits++
          await retry?.onRetry?.({ attempt: attempts, delay, error: error as RetryEvent['error'] })
          await sleep(delay, signal)
        }
        const { carriedOut = 'no' } = Object(error) as Partial<CallFacts>
        lost ||= carriedOut !== 'no'
        if (lost && settle) {
          // A question that fails as well leaves only the first error to tell.
          const settled = await settle().catch(() => Promise.reject(error))
          if (settled) return settled as XrpcResponse<CallOutput<Method>>
        }
        if (delay === undefined) throw error
      }
    }
  }
}
