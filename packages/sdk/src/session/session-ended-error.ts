// The end of a session, as an error.
import { UnauthorizedError, XrpcError } from '../xrpc/index.ts'

/**
 * The session is over: the service refused to refresh it, or it was logged out (code
 * `session-ended`). Log in again. Where the service refused, `status`, `error`, `headers` and
 * `cause` are those of its answer; else the status is 401 and the error `SessionEnded`.
 */
export class SessionEndedError extends UnauthorizedError {
  static override readonly id: string = 'SessionEndedError'

  constructor(cause?: XrpcError) {
    const { status, error, headers, message } = cause ?? {
      status: 401,
      error: 'SessionEnded',
      headers: new Headers(),
      message: 'it was logged out',
    }
    super(
      {
        status,
        error,
        headers,
        message: `The session has ended (${message}). Log in again with createSession.`,
      },
      {
        code: 'session-ended',
        nsid: 'com.atproto.server.refreshSession',
        attempts: 1,
        carriedOut: 'no',
        ...(cause && { cause }),
      },
    )
  }
}
