// A session as plain data, and how one is made.
import { pdsEndpoint } from '../identity/index.ts'
import type { Did, Handle } from '../syntax/index.ts'
import type { Procedure, XrpcMethod } from '../lexicon/index.ts'
import {
  createFetchHandler,
  DEFAULT_SERVICE,
  InvalidResponseError,
  parseService,
  XrpcClient,
} from '../xrpc/index.ts'
import type { CallOptions, XrpcResponse } from '../xrpc/index.ts'

/**
 * A logged-in session: plain JSON, to be stored as it is. Keep it secret, since its tokens act for
 * the account.
 */
export interface Session {
  /** The service that the session was created at, which also refreshes it. */
  service: string
  did: Did
  handle: Handle
  /** Authorizes calls, for some minutes to hours. */
  accessJwt: string
  /** Gets the next pair of tokens; it changes at every refresh. */
  refreshJwt: string
  /** The account's DID document, which names its own PDS. */
  didDoc?: Record<string, unknown> | undefined
  email?: string | undefined
  emailConfirmed?: boolean | undefined
  emailAuthFactor?: boolean | undefined
  /** Whether the account is in use; absent where the service does not tell. */
  active?: boolean | undefined
  /** Why it is not: `takendown`, `suspended`, `deactivated`, or what services come to say next. */
  status?: 'takendown' | 'suspended' | 'deactivated' | (string & {}) | undefined
}

/** A session as it was stored, perhaps by a program that did not note where it was created. */
export type StoredSession = Omit<Session, 'service'> & Partial<Pick<Session, 'service'>>

/** How to log in. */
export interface CreateSessionOptions extends Pick<
  CallOptions,
  'signal' | 'headers' | 'timeout' | 'retry' | 'rateLimit'
> {
  /** The account's handle, DID or e-mail address. */
  identifier: string
  /** Its password; better an app password, which can do less and be revoked by itself. */
  password: string
  /** Where the account is; a host name or a URL. @default 'bsky.social' */
  service?: string | undefined
  /** The code that the service sent by e-mail, where the account asks for one (`AuthFactorTokenRequired`). */
  authFactorToken?: string | undefined
  /** Also log in to an account that was taken down, which can then do little but appeal. */
  allowTakendown?: boolean | undefined
  /** In place of the platform's own `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
}

/** @internal What a service answers with: a session, but for where it was created. */
export type SessionOutput = Omit<Session, 'service'>

const createSessionMethod: Procedure<unknown, object, SessionOutput> = {
  nsid: 'com.atproto.server.createSession',
  type: 'procedure',
  input: 'application/json',
  output: 'application/json',
}

/**
 * Logs in with a password. Services allow few logins a day: store the session and go on with
 * `ATProto.fromSession`, rather than logging in at every start.
 *
 * @throws UnauthorizedError where identifier and password do not agree, or with the error
 *   `AuthFactorTokenRequired` where the account wants a code: call again with `authFactorToken`.
 * @throws RateLimitExceededError after too many logins.
 * @throws NetworkError, TimeoutError, InvalidResponseError where the service is no PDS or out of reach.
 * @throws TypeError where the service is neither a host name nor a URL.
 * @example
 * ```ts
 * const session = await createSession({ identifier: 'alice.example.com', password })
 * const atproto = ATProto.fromSession(session)
 * ```
 */
export async function createSession(options: CreateSessionOptions): Promise<Session> {
  const { identifier, password, authFactorToken, allowTakendown } = options
  const service = parseService(options.service ?? DEFAULT_SERVICE)
  const client = new XrpcClient(createFetchHandler(service, options.fetch))
  const response = await client.call(
    createSessionMethod,
    { identifier, password, authFactorToken, allowTakendown },
    options,
  )
  return readSession(service, createSessionMethod, response)
}

/**
 * @internal The session in a service's answer.
 * @throws InvalidResponseError where the answer lacks what a session needs, or it is another account's.
 */
export function readSession(
  service: string,
  { nsid }: XrpcMethod,
  { data, ...answer }: XrpcResponse<SessionOutput>,
  did: Did | undefined = data?.did,
): Session {
  if (!data?.handle || !data.accessJwt || !data.refreshJwt || !did || data.did !== did) {
    throw new InvalidResponseError(`No session of this account from ${service}`, {
      ...answer,
      nsid,
      attempts: 1,
    })
  }
  return { ...data, service }
}

/** The base URL of the account's own PDS, to which its calls go. */
export function sessionService({ didDoc, service }: Session): string {
  return pdsEndpoint(didDoc) ?? service
}
