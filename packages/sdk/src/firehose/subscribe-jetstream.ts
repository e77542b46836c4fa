// Jetstream: what happens in repositories, as JSON, filtered by the service and without proofs.
import { parseService } from '../xrpc/index.ts'
import { messageReader } from './jetstream-compression.ts'
import type { JetstreamCompression } from './jetstream-compression.ts'
import { isTimeCursor } from './jetstream-endpoint.ts'
import type { JetstreamEndpoint } from './jetstream-endpoint.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { checkFilter } from './jetstream-filter.ts'
import type { JetstreamFilter, JetstreamVersion } from './jetstream-filter.ts'
import type { JetstreamSubscription } from './jetstream-subscription.ts'
import { jetstreamTools } from './jetstream-tools.ts'
import { createVersion1 } from './jetstream-version1.ts'
import type { NamedCollections } from './subscribe-repos.ts'
import { createSubscription } from './subscription.ts'
import type { SubscriptionOptions } from './subscription-options.ts'

/** The service that is used where none is named: one of Bluesky's. */
export const DEFAULT_JETSTREAM = 'jetstream2.us-east.bsky.network'

/** What to subscribe to. */
export interface SubscribeJetstreamOptions<Collection extends string = string>
  extends SubscriptionOptions, JetstreamFilter<Collection> {
  /** A host name or a URL. @default 'jetstream2.us-east.bsky.network' */
  service?: string | undefined
  /**
   * Which version of the service to speak to. Newer services speak both.
   *
   * - 1: at `/subscribe`. Cursors are times, good for every service to a few seconds.
   * - 2: at `/xrpc/network.bsky.jetstream.subscribeEvents`. Cursors are numbers, exact, but of no use
   *   with another service. Times of version one are taken as well.
   *
   * @default 1
   */
  version?: JetstreamVersion | undefined
  /**
   * Has the service compress its messages with Zstandard. Newer services refuse that with version one
   * where the WebSocket offers `permessage-deflate`, as those of browsers and Node do: leave this out
   * then, for they compress by that already.
   */
  compress?: JetstreamCompression | undefined
}

/**
 * Subscribes to a Jetstream. Each event comes at least once; with version one, whose services keep no
 * strict order, those of the last five seconds before the cursor come again where a program resumes.
 *
 * Nothing of it can be verified: see {@link subscribeRepos} for what can. Services look back about 36
 * hours. Where the cursor is older, the oldest events follow, with version two after an `info` event
 * `OutdatedCursor`; the archive of version two is not read.
 *
 * @throws TypeError for a filter that is none, and where the platform has no WebSocket or, for
 * `compress`, no Zstandard. RangeError for a filter with too many entries, and for a cursor of version
 * two where version one is spoken. The iteration throws a FirehoseError `invalid-cursor` where such a
 * cursor comes out of the store, and for version two a TypeError where the dictionary is none.
 *
 * @example
 * ```ts
 * const likes = subscribeJetstream({ wantedCollections: ['app.bsky.feed.like'] })
 * for await (const event of likes) {
 *   if (event.kind === 'commit') console.log(event.did, event.ops[0].record?.subject.uri)
 * }
 * ```
 */
export function subscribeJetstream<const Collection extends string = string>(
  options: SubscribeJetstreamOptions<Collection> = {},
): JetstreamSubscription<JetstreamEvent<NamedCollections<Collection>>> {
  const { compress, service = DEFAULT_JETSTREAM, version = 1 } = options
  const { kinds, maxMessageSizeBytes, wantedCollections, wantedDids } = options
  const filter: JetstreamFilter = { wantedCollections, wantedDids, maxMessageSizeBytes, kinds }
  checkFilter(filter, version)
  // What others take for a service is the endpoint of version one.
  const origin = parseService(service)
    .replace('http', 'ws')
    .replace(/\/subscribe$/, '')
  const endpoint: JetstreamEndpoint = { origin, compress, textOf: messageReader(compress), filter }
  const isVersion1 = version === 1
  const subscription = createSubscription(
    async (closing) => {
      if (isVersion1) return createVersion1(endpoint)
      const { createVersion2 } = await import('./jetstream-version2.ts')
      return createVersion2(endpoint, closing, jetstreamTools)
    },
    options,
    isVersion1 ? (cursor) => cursor === 0 || isTimeCursor(cursor) : undefined,
  )
  return Object.assign(subscription, {
    update(change: JetstreamFilter) {
      const next = { ...endpoint.filter, ...change }
      checkFilter(next, version)
      endpoint.filter = next
      subscription.renew()
    },
  }) as JetstreamSubscription<JetstreamEvent<NamedCollections<Collection>>>
}
