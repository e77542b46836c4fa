// The facade: every com.atproto call as a method, on one session or without any.
import { comAtproto } from '../lexicons/com.atproto.ts'
import type {
  ComAtprotoAdmin,
  ComAtprotoIdentity,
  ComAtprotoLabel,
  ComAtprotoLexicon,
  ComAtprotoModeration,
  ComAtprotoServer,
  ComAtprotoTemp,
} from '../lexicons/com.atproto.ts'
import { Collection } from './collection.ts'
import type { CollectionOptions } from './collection.ts'
import type { PdsFinder } from './identity/index.ts'
import { createRepoCalls } from './repo-calls.ts'
import type { RepoCalls } from './repo-calls.ts'
import { createSession, PasswordSession } from './session/index.ts'
import type {
  CreateSessionOptions,
  PasswordSessionOptions,
  Session,
  StoredSession,
} from './session/index.ts'
import type { Did, Nsid } from './syntax/index.ts'
import { createSyncCalls } from './sync-calls.ts'
import type { SyncCalls } from './sync-calls.ts'
import { createFetchHandler, createServices, DEFAULT_SERVICE, XrpcClient } from './xrpc/index.ts'
import type { CallOptions, FetchHandler, XrpcResponse } from './xrpc/index.ts'

/** How an {@link ATProto} makes its calls: the defaults of all of them, and where they go. */
export interface ATProtoOptions
  extends PasswordSessionOptions, Omit<CallOptions, 'signal' | 'settle' | 'encoding'> {
  /**
   * Finds the PDS of an account where no `service` is named: at a login that of the account, and
   * without a session that of whichever account a call is about (`service: 'auto'` says the same).
   */
  identity?: PdsFinder | undefined
}

/** How to log in, and how the calls are made then. */
export interface LoginOptions
  extends ATProtoOptions, Omit<CreateSessionOptions, keyof ATProtoOptions> {
  /**
   * Where to log in; calls then go to the account's own PDS.
   * @default the account's PDS where there is an `identity` to find it, else 'bsky.social'
   */
  service?: string | undefined
}

/**
 * The AT Protocol, one method for each query and procedure of com.atproto. Methods are
 * `(input?, options?)` and give `{ data, headers, status, rateLimit? }`.
 *
 * @example
 * ```ts
 * const atproto = await ATProto.login({ identifier: 'alice.example.com', password })
 * const { data } = await atproto.repo.createRecord({
 *   collection: 'app.bsky.feed.post',
 *   record: { text: 'Hello', createdAt: new Date().toISOString() },
 * })
 * await atproto.repo.deleteRecord({ uri: data.uri })
 * ```
 */
export class ATProto {
  declare readonly admin: ComAtprotoAdmin
  declare readonly identity: ComAtprotoIdentity
  declare readonly label: ComAtprotoLabel
  declare readonly lexicon: ComAtprotoLexicon
  declare readonly moderation: ComAtprotoModeration
  declare repo: RepoCalls
  declare readonly server: ComAtprotoServer
  declare sync: SyncCalls
  declare readonly temp: ComAtprotoTemp

  /** Calls any method of any lexicon, as a generated module exports it, on the same session. */
  readonly client: XrpcClient
  /** The account's DID; undefined without a session. */
  readonly did: Did | undefined
  readonly #session: PasswordSession | undefined

  private constructor(handler: FetchHandler, options: ATProtoOptions, session?: PasswordSession) {
    this.#session = session
    this.did = session?.did
    this.client = new XrpcClient(handler, options)
    Object.assign(this, createServices(this.client, 'com.atproto', comAtproto))
    this.repo = createRepoCalls(this.repo, this.did)
    this.sync = createSyncCalls(this.sync, options.service)
    // These two go by the refresh token, which only the session knows.
    if (session) {
      this.server.refreshSession = async () => createAnswer(await session.refresh())
      this.server.deleteSession = async (_, call) => {
        await session.delete(call)
        return createAnswer(undefined)
      }
    }
  }

  /**
   * Goes on with a session that was created or stored earlier. No request is made until the first
   * call; that goes to the account's own PDS unless `service` says otherwise.
   */
  static fromSession(session: StoredSession, options: ATProtoOptions = {}): ATProto {
    const kept = new PasswordSession(session, options)
    return new ATProto(kept.fetchHandler, options, kept)
  }

  /**
   * Logs in and goes on at the account's own PDS. `onSession` is called with the new session.
   *
   * @throws what `createSession` throws; with an `identity` also what that throws (`IdentityError`).
   */
  static async login({ service, ...options }: LoginOptions): Promise<ATProto> {
    service ??= await options.identity?.service(options.identifier)
    const session = await createSession({ ...options, service })
    await options.onSession?.(session)
    return ATProto.fromSession(session, options)
  }

  /**
   * Calls without a session: whatever a service tells everybody.
   *
   * @throws TypeError where the service is neither a host name nor a URL, or 'auto' without `identity`.
   */
  static anonymous(options: ATProtoOptions = {}): ATProto {
    const { identity, service, fetch } = options
    if (!identity && service === 'auto') throw new TypeError("service 'auto' needs an identity")
    const handler =
      identity?.fetchHandler(options) ?? createFetchHandler(service ?? DEFAULT_SERVICE, fetch)
    return new ATProto(handler, options)
  }

  /** The session as it is now, to be stored; undefined without one, or once it has ended. */
  get session(): Session | undefined {
    return this.#session?.session
  }

  /** The records of a collection, typed where its lexicon is known: create, get, list, put, delete. */
  collection<Name extends Nsid>(nsid: Name, options?: CollectionOptions): Collection<Name> {
    return new Collection(this.repo, nsid, options)
  }
}

/** An answer of the session's own, in the form of all the others. */
function createAnswer<Data>(data: Data): XrpcResponse<Data> {
  return { data, headers: new Headers(), status: 200 }
}
