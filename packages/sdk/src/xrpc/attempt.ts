// Sends a request once and reads the whole answer, within its time.
import { AtprotoError } from '../base/index.ts'
import type { XrpcMethod } from '../lexicon/index.ts'
import { NetworkError, TimeoutError } from './errors.ts'
import type { FetchHandler } from './fetch-handler.ts'
import type { CallOptions } from './options.ts'
import type { XrpcRequest } from './request.ts'
import { callFacts, readResponse } from './response.ts'
import type { XrpcResponse } from './response.ts'
import { startTimer } from './timer.ts'

const DEFAULT_TIMEOUT = 30_000

// Failures to connect, so that no byte of the request left: codes of Node, Deno and Bun.
const NEVER_SENT = /refused|notfound|ai_again|unreach|connect_timeout|cert|tls/i

/**
 * @internal One attempt, the one of the given number.
 * @throws what {@link XrpcClient.call} documents, or the signal's reason.
 */
export async function attempt(
  handler: FetchHandler,
  request: XrpcRequest,
  { signal, timeout = DEFAULT_TIMEOUT }: CallOptions,
  method: XrpcMethod,
  attempts: number,
): Promise<XrpcResponse<unknown>> {
  signal?.throwIfAborted()
  const limit = new AbortController()
  const abort = () => limit.abort()
  let timer: ReturnType<typeof setTimeout>
  const start = () => (timer = startTimer(abort, timeout))
  const end = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  // A handler of the caller's may not heed the signal.
  const race = <T>(promise: Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      limit.signal.onabort = () => reject(limit.signal.reason)
      promise.then(resolve, reject)
    })
  let succeeded = false
  const explain = (error: unknown) => {
    if (signal?.aborted) return signal.reason
    const expired = limit.signal.aborted
    const { code, message } = rootOf(error)
    // What the caller's own functions throw stays as it is; the platform's failures have these marks.
    const isNetwork = error instanceof TypeError || code
    if (!expired && (error instanceof AtprotoError || !isNetwork)) return error
    const isUnsent = !expired && NEVER_SENT.test(code)
    const carriedOut = succeeded ? 'yes' : isUnsent ? 'no' : 'unknown'
    const facts = { ...callFacts(method, attempts, carriedOut), cause: error }
    const fate = isUnsent ? 'not sent: check the service' : succeeded ? 'answer lost' : 'no answer'
    return expired
      ? new TimeoutError(`${method.nsid} took over ${timeout} ms (${fate})`, facts)
      : new NetworkError(`${method.nsid} failed: ${message || code} (${fate})`, facts)
  }
  const run = async () => {
    const init = { ...request.init(), signal: limit.signal }
    const response = await handler(request.pathname, init)
    succeeded = response.ok
    return readResponse(response, method, attempts)
  }

  signal?.addEventListener('abort', abort)
  start()
  try {
    const answer = await race(run())
    if (!(answer.data instanceof ReadableStream)) {
      end()
      return answer
    }
    clearTimeout(timer!)
    const reader: ReadableStreamDefaultReader<Uint8Array> = answer.data.getReader()
    // Nothing is read ahead, and the clock runs only while a piece is waited for: a slow reader is
    // not taken for a slow server.
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      start()
      try {
        const { done, value } = await race(reader.read())
        clearTimeout(timer)
        if (!done) return controller.enqueue(value)
        controller.close()
      } catch (error) {
        controller.error(explain(error))
      }
      end()
    }
    const cancel = (reason: unknown) => {
      end()
      return reader.cancel(reason)
    }
    return { ...answer, data: new ReadableStream({ pull, cancel }, { highWaterMark: 0 }) }
  } catch (error) {
    end()
    throw explain(error)
  }
}

/** The bottom of a failure: the platform's own error says no more than "fetch failed". */
function rootOf(error: unknown): { code: string; message: string } {
  const { cause, code = '', message = '' } = Object(error)
  return cause ? rootOf(cause) : { code, message }
}
