// The firehose: what happens in the repositories of a service, as it happens.

import { parseService } from '../xrpc/index.ts'
import { CollectionFilter } from './collection-filter.ts'
import { decodeFrame } from './decode-frame.ts'
import { createEventCheck } from './event-check.ts'
import { EventVerifier } from './event-verifier.ts'
import type { EventVerifierOptions } from './event-verifier.ts'
import type { RepoEvent } from './events.ts'
import { FirehoseError } from './firehose-error.ts'
import { ordered } from './ordered-protocol.ts'
import type { StreamProtocol } from './stream-protocol.ts'
import { createSubscription } from './subscription.ts'
import type { Subscription } from './subscription.ts'
import type { SubscriptionOptions } from './subscription-options.ts'

/** The relay that is used where none is named: it has the repositories of the whole network. */
export const DEFAULT_RELAY = 'bsky.network'

/** What to subscribe to, and how much of it to check. */
export interface SubscribeReposOptions<Collection extends string = string>
  extends SubscriptionOptions, EventVerifierOptions {
  /** A relay or a PDS: a host name or a URL. @default 'bsky.network' */
  service?: string | undefined
  /**
   * The collections to hear of: NSIDs, or what they begin with, such as `app.bsky.graph.*`. Commits
   * that do not touch them are left out, without a look into them unless all is verified (`full`); the
   * `ops` of the others have what happens to them. Other kinds of events are handed out in any case.
   * @default all
   */
  collections?: readonly Collection[] | undefined
}

/** The collections of events, as far as they are named in full. */
export type NamedCollections<Collection extends string> = Collection extends `${string}*`
  ? string
  : Collection

/**
 * Subscribes to the firehose of a relay or a PDS: each event at least once, in the order of the
 * service, checked as far as `verify` says. What does not stand the check goes to `onError`, and never
 * to the program. Nothing is asked of the service before the iteration begins.
 *
 * @throws TypeError where the service is neither a host name nor a URL, where the platform has no
 * WebSocket, and for `verify: 'full'` without an `identity`.
 *
 * @example
 * ```ts
 * const subscription = subscribeRepos({
 *   collections: ['app.bsky.feed.post'],
 *   cursorStore: new FileCursorStore('cursor'),
 *   onError: (error, { seq }) => console.warn(seq, error),
 * })
 * for await (const event of subscription) {
 *   if (event.kind !== 'commit') continue
 *   for (const { action, uri, record } of event.ops) console.log(action, uri, record?.text)
 * }
 * ```
 */
export function subscribeRepos<const Collection extends string = string>(
  options: SubscribeReposOptions<Collection> = {},
): Subscription<RepoEvent<NamedCollections<Collection>>> {
  const { service = DEFAULT_RELAY, collections, verify } = options
  const url = `${parseService(service).replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos`
  const filter = collections && new CollectionFilter(collections)
  // Whether an event follows the one before it is known to who sees both.
  const skipped = verify === 'full' ? undefined : filter
  const verifier = new EventVerifier(options)
  const protocol: StreamProtocol<RepoEvent> = {
    url: (cursor) => (cursor === undefined ? url : `${url}?cursor=${cursor}`),
    read(message) {
      if (typeof message !== 'string') {
        return skipped?.skip(message) ?? decodeFrame(message, { collections: filter })
      }
      throw new FirehoseError('The frame is text, where bytes are due', { code: 'invalid-frame' })
    },
    cursorOf: (event) => ('seq' in event ? event.seq : undefined),
    timeOf: (event) => ('time' in event && event.time ? Date.parse(event.time) : undefined),
    check: createEventCheck((event) => {
      const checked = verifier.check(event)
      return checked instanceof Promise && filter ? checked.then(withoutEmpty) : checked
    }),
  }
  return createSubscription(() => ordered(protocol), options) as Subscription<
    RepoEvent<NamedCollections<Collection>>
  >
}

/** The event, unless it is a commit of which the program wants nothing. */
function withoutEmpty(event: RepoEvent): RepoEvent | undefined {
  return event.kind === 'commit' && event.ops.length === 0 ? undefined : event
}
