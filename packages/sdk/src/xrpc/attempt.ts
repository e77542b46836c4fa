// Sends a request once and reads the whole answer, within its time.
import { AtprotoError } from '../base/index.ts'
import type { XrpcMethod } from '../lexicon/index.ts'
import { NetworkError, TimeoutError } from './errors.ts'
import type { CarriedOut } from './errors.ts'
import type { FetchHandler } from './fetch-handler.ts'
import { failureReason, isNetworkFailure, neverSent } from './network-failure.ts'
import type { CallOptions } from './options.ts'
import type { XrpcRequest } from './request.ts'
import { readFailure, readResponse } from './response.ts'
import type { XrpcResponse } from './response.ts'
import { TimeLimit } from './time-limit.ts'

const DEFAULT_TIMEOUT = 30_000

/** @internal */
export interface AttemptContext {
  method: XrpcMethod
  /** How many attempts there were, this one included. */
  attempts: number
}

/** @internal One attempt. Throws what {@link XrpcClient.call} documents, or the signal's reason. */
export async function attempt(
  handler: FetchHandler,
  request: XrpcRequest,
  { signal, timeout = DEFAULT_TIMEOUT }: CallOptions,
  context: AttemptContext,
): Promise<XrpcResponse<unknown>> {
  signal?.throwIfAborted()
  const limit = new TimeLimit(timeout, signal)
  let status = 0
  const explain = (error: unknown): unknown => {
    if (signal?.aborted) return signal.reason
    if (error instanceof AtprotoError && !limit.expired) return error
    if (!limit.expired && !isNetworkFailure(error)) return error
    const carriedOut = status ? 'yes' : !limit.expired && neverSent(error) ? 'no' : 'unknown'
    return createFailure(error, carriedOut, limit.expired ? timeout : undefined, context)
  }
  limit.start()
  try {
    const init = { ...request.init(), signal: limit.signal }
    const response = await limit.race(handler(request.pathname, init))
    if (!response.ok) throw await limit.race(readFailure(response, context))
    status = response.status
    const answer = await limit.race(readResponse(response, context))
    if (answer.data instanceof ReadableStream) {
      limit.stop()
      answer.data = watchStream(answer.data, limit, explain)
    } else {
      limit.end()
    }
    return answer
  } catch (error) {
    limit.end()
    throw explain(error)
  }
}

/** The stream, each of whose pieces must come in time. */
function watchStream(
  stream: ReadableStream<Uint8Array>,
  limit: TimeLimit,
  explain: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        limit.start()
        try {
          const { done, value } = await limit.race(reader.read())
          limit.stop()
          if (!done) return controller.enqueue(value)
          controller.close()
        } catch (error) {
          controller.error(explain(error))
        }
        limit.end()
      },
      cancel(reason) {
        limit.end()
        return reader.cancel(reason)
      },
    },
    // Nothing is read ahead of the reader, so nothing piles up in memory.
    { highWaterMark: 0 },
  )
}

function createFailure(
  cause: unknown,
  carriedOut: CarriedOut,
  timeout: number | undefined,
  { method, attempts }: AttemptContext,
): NetworkError | TimeoutError {
  const { nsid, type } = method
  const isWrite = type === 'procedure'
  const Failure = timeout === undefined ? NetworkError : TimeoutError
  const what =
    timeout !== undefined
      ? `${nsid} was not answered in full within ${timeout} ms.`
      : carriedOut === 'no'
        ? `Could not reach the service for ${nsid} (${failureReason(cause)}). Check its host name and your connection.`
        : `The connection broke during ${nsid} (${failureReason(cause)}).`
  const hint = {
    yes: ' It was carried out; only the answer was lost.',
    no: '',
    unknown: ' It may have been carried out: look before you call again.',
  }[carriedOut]
  return new Failure(isWrite ? what + hint : what, {
    nsid,
    attempts,
    cause,
    ...(isWrite && { carriedOut }),
  })
}
