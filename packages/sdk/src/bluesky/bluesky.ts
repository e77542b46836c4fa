// The facade of Bluesky: every call of app.bsky and chat.bsky as a method.
import { appBsky } from '../../lexicons/app.bsky.ts'
import type { AppBsky } from '../../lexicons/app.bsky.ts'
import { chatBsky } from '../../lexicons/chat.bsky.ts'
import type { ChatBsky } from '../../lexicons/chat.bsky.ts'
import { createFetchHandler, createServices, proxied, XrpcClient } from '../xrpc/index.ts'
import type { CallOptions } from '../xrpc/index.ts'
import type { AtprotoLike } from './atproto-like.ts'

/** The service behind chat.bsky. */
export const CHAT_SERVICE = 'did:web:api.bsky.chat#bsky_chat'

/** Where Bluesky answers everybody, without a session. */
export const PUBLIC_SERVICE = 'https://public.api.bsky.app'

/** Which services the calls are for. */
export interface BlueskyOptions {
  /**
   * The service behind app.bsky.
   * @default the one that the account's PDS chooses
   */
  appView?: CallOptions['proxy'] | undefined
  /** The service behind chat.bsky. @default 'did:web:api.bsky.chat#bsky_chat' */
  chat?: CallOptions['proxy'] | undefined
}

/** How to call Bluesky without a session. */
export interface AnonymousBlueskyOptions extends CallOptions {
  /** A host name or URL. @default 'https://public.api.bsky.app' */
  service?: string | undefined
  /** In place of the platform's own `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
}

/**
 * Bluesky, one method for each query and procedure of app.bsky, and below `chat` of chat.bsky.
 * Methods are `(input?, options?)` and give `{ data, headers, status, rateLimit? }`. Calls go to the
 * account's PDS, which forwards them.
 *
 * @example
 * ```ts
 * const bluesky = new Bluesky(await ATProto.login({ identifier, password }))
 * const { data } = await bluesky.feed.getTimeline({ limit: 50 })
 * const { convos } = (await bluesky.chat.convo.listConvos()).data
 * ```
 */
export class Bluesky implements AppBsky {
  declare readonly actor: AppBsky['actor']
  declare readonly ageassurance: AppBsky['ageassurance']
  declare readonly bookmark: AppBsky['bookmark']
  declare readonly contact: AppBsky['contact']
  declare readonly draft: AppBsky['draft']
  declare readonly embed: AppBsky['embed']
  declare readonly feed: AppBsky['feed']
  declare readonly graph: AppBsky['graph']
  declare readonly labeler: AppBsky['labeler']
  declare readonly notification: AppBsky['notification']
  declare readonly unspecced: AppBsky['unspecced']
  /** The calls as they are; `uploadVideo` does all of them that an upload takes. */
  declare readonly video: AppBsky['video']

  /** The calls of chat.bsky. With an app password, it must be one that may read messages. */
  readonly chat: ChatBsky

  constructor(
    { client }: Pick<AtprotoLike, 'client'>,
    { appView, chat = CHAT_SERVICE }: BlueskyOptions = {},
  ) {
    Object.assign(this, createServices(proxied(client, appView), 'app.bsky', appBsky))
    this.chat = createServices(proxied(client, chat), 'chat.bsky', chatBsky) as ChatBsky
  }

  /**
   * Calls without a session: profiles, feeds, posts and what else everybody may read.
   *
   * @throws TypeError where the service is neither a host name nor a URL.
   * @example
   * ```ts
   * const { data } = await Bluesky.anonymous().actor.getProfile({ actor: 'bsky.app' })
   * ```
   */
  static anonymous(options: AnonymousBlueskyOptions = {}): Bluesky {
    const handler = createFetchHandler(options.service ?? PUBLIC_SERVICE, options.fetch)
    return new Bluesky({ client: new XrpcClient(handler, options) })
  }
}
