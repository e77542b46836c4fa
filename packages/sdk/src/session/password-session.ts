// Keeps a session alive: puts its token on every request and refreshes it when the server says so.
import type { Procedure } from '../lexicon/index.ts'
import type { Did } from '../syntax/index.ts'
import { createFetchHandler, DEFAULT_SERVICE, XrpcClient, XrpcError } from '../xrpc/index.ts'
import type { CallOptions, FetchHandler, XrpcResponse } from '../xrpc/index.ts'
import { readSession, sessionService } from './session.ts'
import type { Session, SessionOutput, StoredSession } from './session.ts'
import { SessionEndedError } from './session-ended-error.ts'

/** How a session is kept. */
export interface PasswordSessionOptions {
  /** Where calls go, in place of the account's own PDS. */
  service?: string | undefined
  /** In place of the platform's own `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
  /**
   * Called with the new session after each refresh, to store it, and with undefined when the session
   * has ended. It is awaited before any call goes on; an error it throws fails the calls that wait.
   */
  onSession?: ((session: Session | undefined) => void | Promise<void>) | undefined
  /**
   * Lets several processes or tabs share one stored session. A refresh token can be used once: take a
   * lock on the account that they all share, read the stored session, and give it to `refresh`. If
   * another process was faster, its session is taken over without a request.
   *
   * @example
   * ```ts
   * const options: PasswordSessionOptions = {
   *   refreshLock: (did, refresh) => navigator.locks.request(did, () => refresh(load(did))),
   * }
   * ```
   */
  refreshLock?:
    | ((did: Did, refresh: (stored?: Session) => Promise<void>) => Promise<void>)
    | undefined
}

const GET_SESSION = '/xrpc/com.atproto.server.getSession'
const refreshSessionMethod: Procedure<unknown, undefined, SessionOutput> = {
  nsid: 'com.atproto.server.refreshSession',
  type: 'procedure',
  output: 'application/json',
}
const deleteSessionMethod: Procedure<unknown, undefined, undefined> = {
  nsid: 'com.atproto.server.deleteSession',
  type: 'procedure',
}

/**
 * A session in use. Its {@link PasswordSession.fetchHandler} authorizes requests; hand it to an
 * `XrpcClient`. The tokens are private: they show in no log and no error.
 */
export class PasswordSession {
  #session: Session | undefined
  #ended: SessionEndedError | undefined
  #refreshing: Promise<Session> | undefined
  #send!: FetchHandler
  readonly #options: PasswordSessionOptions
  /** Whose session it is. */
  readonly did: Did

  /** @param session As created or stored; without `service`, that of the options is taken for it. */
  constructor(session: StoredSession, options: PasswordSessionOptions = {}) {
    this.#options = options
    this.did = session.did
    this.#use({ service: options.service ?? DEFAULT_SERVICE, ...session })
  }

  /** The session as it is now, to be stored; undefined once it has ended. */
  get session(): Session | undefined {
    return this.#session
  }

  /**
   * Sends a request with the session's token. Where the server says that the token has expired, the
   * session is refreshed, once for all calls that wait for it, and the request is sent again.
   * A request that brings an `authorization` header of its own is sent as it is.
   *
   * @throws SessionEndedError where the session has ended.
   */
  readonly fetchHandler: FetchHandler = async (pathname, init) => {
    // A stream cannot be sent twice: make sure that the token is good before it is used up.
    if (init.body instanceof ReadableStream) {
      const check = await this.fetchHandler(GET_SESSION, { signal: init.signal ?? null })
      await check.body?.cancel()
    }
    for (let refreshes = 0; ; refreshes++) {
      const session = this.#current()
      const headers = new Headers(init.headers)
      const isOwn = !headers.has('authorization')
      if (isOwn) headers.set('authorization', `Bearer ${session.accessJwt}`)
      const response = await this.#send(pathname, { ...init, headers })
      // Two, because a session that another process left may have expired as well.
      if (!isOwn || refreshes === 2 || !(await saysExpired(response))) return response
      await response.body?.cancel()
      // Somebody else's call may have refreshed it since this one set out.
      if (this.#session?.accessJwt === session.accessJwt) await this.refresh()
    }
  }

  /**
   * Gets new tokens now. Calls do so by themselves when needed; calls at the same time share one.
   *
   * @throws SessionEndedError where the service refuses; any other error leaves the session as it is.
   */
  refresh(): Promise<Session> {
    this.#refreshing ??= this.#refreshLocked().finally(() => (this.#refreshing = undefined))
    return this.#refreshing
  }

  /**
   * Logs out: the service forgets the session, and this object has ended. A session that the service
   * no longer knows counts as logged out.
   *
   * @throws NetworkError, TimeoutError and others where the service could not be told; the session
   *   then stays, so that you can try again.
   */
  async delete(options?: CallOptions): Promise<void> {
    await this.#callWithRefreshToken(deleteSessionMethod, this.#current(), options)
    await this.#end()
  }

  /** Goes on with a session, whose account may have moved to another PDS. */
  #use(session: Session): void {
    const { service = sessionService(session), fetch } = this.#options
    this.#session = session
    this.#send = createFetchHandler(service, fetch)
  }

  #current(): Session {
    if (!this.#session) throw this.#ended ?? new SessionEndedError()
    return this.#session
  }

  async #refreshLocked(): Promise<Session> {
    const expired = this.#current()
    const refresh = async (stored?: Session) => {
      if (stored?.did === this.did && stored.refreshJwt !== expired.refreshJwt) {
        return this.#use(stored)
      }
      const response = await this.#callWithRefreshToken(refreshSessionMethod, expired)
      if (response instanceof XrpcError) {
        const ended = new SessionEndedError(response)
        await this.#end(ended)
        throw ended
      }
      const refreshed = readSession(expired.service, refreshSessionMethod, response, this.did)
      // What the answer leaves out (some services send no didDoc or e-mail here) stays as it was.
      const session = { ...expired, ...refreshed }
      this.#use(session)
      await this.#options.onSession?.(session)
    }
    await (this.#options.refreshLock?.(this.did, refresh) ?? refresh())
    return this.#current()
  }

  /** What the service answers, or the error with which it refuses. */
  #callWithRefreshToken<Output>(
    method: Procedure<unknown, undefined, Output>,
    session: Session,
    options?: CallOptions,
  ): Promise<XrpcResponse<Output> | XrpcError> {
    // The service that made the session, which need not be the PDS: an entryway keeps its own tokens.
    const client = new XrpcClient(createFetchHandler(session.service, this.#options.fetch))
    const call = client.call<Procedure<unknown, undefined, Output>>(method, undefined, {
      ...options,
      headers: { authorization: `Bearer ${session.refreshJwt}` },
    })
    return call.catch(refusal)
  }

  async #end(reason?: SessionEndedError): Promise<void> {
    this.#session = undefined
    this.#ended = reason
    await this.#options.onSession?.(undefined)
  }
}

/** An error by which the service itself refuses; one of a proxy, a crowd or in between is thrown. */
function refusal(error: unknown): XrpcError {
  const refuses =
    error instanceof XrpcError &&
    [400, 401, 403].includes(error.status) &&
    error.error !== 'Unknown'
  if (!refuses) throw error
  return error
}

/** Whether the server says that the access token has expired. It decides; clocks may be wrong. */
async function saysExpired(response: Response): Promise<boolean> {
  if (![400, 401].includes(response.status)) return false
  if (/error="?invalid_token/.test(response.headers.get('www-authenticate') ?? '')) return true
  const body: { error?: unknown } | null = await response
    .clone()
    .json()
    .catch(() => null)
  return body?.error === 'ExpiredToken'
}
