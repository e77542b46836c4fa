// The end of a session, as an error.
import { UnauthorizedError } from '../xrpc/index.ts'
import type { XrpcError } from '../xrpc/index.ts'

/**
 * The session is over: the service refused to refresh it, or it was logged out (code
 * `session-ended-error`). Log in again. Where the service refused, `status`, `error`, `headers` and
 * `cause` are those of its answer; else the status is 401 and the error `SessionEnded`.
 */
export class SessionEndedError extends UnauthorizedError {
  static override readonly id: string = 'SessionEndedError'

  constructor(cause?: XrpcError) {
    super(`The session has ended (${cause?.message ?? 'it was logged out'}). Log in again.`, {
      status: cause?.status ?? 401,
      error: cause?.error ?? 'SessionEnded',
      headers: cause?.headers ?? new Headers(),
      nsid: 'com.atproto.server.refreshSession',
      attempts: 1,
      carriedOut: 'no',
      ...(cause && { cause }),
    })
  }
}
