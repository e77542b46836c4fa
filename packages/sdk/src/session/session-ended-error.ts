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
    const {
      message = 'it was logged out',
      status = 401,
      error = 'SessionEnded',
      headers = new Headers(),
    }: Partial<XrpcError> = cause ?? {}
    super(`The session has ended (${message}). Log in again.`, {
      status,
      error,
      headers,
      nsid: 'com.atproto.server.refreshSession',
      attempts: 1,
      carriedOut: 'no',
      ...(cause && { cause }),
    })
  }
}
