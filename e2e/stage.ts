// What a scenario plays on: the reference network, the SDK before it, and a record of their talk.
import { ATProto, type ATProtoOptions, type Session } from 'atproto.ts'
import type { Auth } from './methods.ts'
import { startNetwork } from './network.ts'
import type { Account, PdsSettings, ReferenceNetwork, ReferencePds } from './network.ts'

/** One HTTP exchange of the SDK. */
export interface Exchange {
  nsid: string
  /** What the request was authorized with. */
  auth: Auth
  status: number
}

/** An account and the SDK logged in to it. */
export interface Actor {
  account: Account
  atproto: ATProto
}

/** A network, and the SDK in front of it. */
export class Stage {
  readonly network: ReferenceNetwork
  /** Every exchange so far, in the order of the answers. */
  readonly exchanges: Exchange[] = []
  /** The SDK without a session. */
  readonly visitor: ATProto
  /** Call options of the PDS's administrator. */
  readonly asAdmin: { readonly headers: { readonly authorization: string } }

  private constructor(network: ReferenceNetwork) {
    this.network = network
    this.visitor = ATProto.anonymous({ service: this.pds.url, fetch: this.fetch })
    this.asAdmin = { headers: this.pds.adminHeaders }
  }

  static async open(settings?: PdsSettings): Promise<Stage> {
    return new Stage(await startNetwork(settings))
  }

  get pds(): ReferencePds {
    return this.network.pds
  }

  /** A `fetch` that writes down what was called and how it was answered. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const response = await fetch(input, init)
    const auth = readAuth(new Headers(init?.headers).get('authorization'))
    const nsid = url.pathname.slice('/xrpc/'.length)
    this.exchanges.push({ nsid, auth, status: response.status })
    return response
  }

  /** How often a method was answered with that status. */
  count(nsid: string, status: number): number {
    return this.exchanges.filter((one) => one.nsid === nsid && one.status === status).length
  }

  /** A new account, and the SDK in its session. */
  readonly enter = async (options: ATProtoOptions = {}): Promise<Actor> => {
    const account = await this.pds.createAccount()
    return { account, atproto: this.resume(account, options) }
  }

  /** The SDK in a session at the PDS, for instance the one that an account was created with. */
  resume(session: Omit<Session, 'service'>, options: ATProtoOptions = {}): ATProto {
    const { did, handle, accessJwt, refreshJwt } = session
    return ATProto.fromSession(
      { service: this.pds.url, did, handle, accessJwt, refreshJwt },
      { fetch: this.fetch, ...options },
    )
  }

  async close(): Promise<void> {
    await this.network.close()
  }
}

function readAuth(header: string | null): Auth {
  if (header === null) return 'none'
  if (header.startsWith('Basic ')) return 'admin'
  const claims = Buffer.from(header.split('.')[1] ?? '', 'base64url').toString()
  return claims.includes('"com.atproto.refresh"') ? 'refresh token' : 'session'
}
