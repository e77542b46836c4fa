// Jetstream: what happens in repositories, as JSON, filtered by the service and without proofs.
import { parseService } from '../xrpc/index.ts'
import { FirehoseError } from './firehose-error.ts'
import type { JetstreamCompression } from './jetstream-compression.ts'
import type { JetstreamEndpoint } from './jetstream-endpoint.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { checkFilter } from './jetstream-filter.ts'
import type { JetstreamFilter, JetstreamVersion } from './jetstream-filter.ts'
import { JetstreamSubscription } from './jetstream-subscription.ts'
import { createVersion1 } from './jetstream-version1.ts'
import { createVersion2 } from './jetstream-version2.ts'
import type { NamedCollections } from './subscribe-repos.ts'
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
 * @throws TypeError for a filter or a dictionary that is none, and where the platform has no WebSocket
 * or, for `compress`, no Zstandard. RangeError for a filter with too many entries, and for a cursor of
 * version two where version one is spoken; out of the store, such a cursor is a FirehoseError
 * `invalid-cursor`, which the iteration throws.
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
  const {
    compress,
    cursor,
    cursorStore,
    onError,
    service = DEFAULT_JETSTREAM,
    version = 1,
  } = options
  const { kinds, maxMessageSizeBytes, wantedCollections, wantedDids } = options
  const filter: JetstreamFilter = { wantedCollections, wantedDids, maxMessageSizeBytes, kinds }
  checkFilter(filter, version)
  // What others take for a service is the endpoint of version one.
  const origin = parseService(service)
    .replace('http', 'ws')
    .replace(/\/subscribe$/, '')
  const closing = new AbortController()
  const endpoint: JetstreamEndpoint = { origin, version, compress, filter, closing }
  const protocol = version === 1 ? createVersion1(endpoint) : createVersion2(endpoint)
  const refusal = (place: number) => `Version ${version} of Jetstream has no cursor ${place}`
  if (cursor !== undefined && !protocol.isCursor(cursor)) throw new RangeError(refusal(cursor))
  const subscription = new JetstreamSubscription<JetstreamEvent>(protocol, endpoint, {
    ...options,
    cursorStore: cursorStore && {
      async load() {
        const stored = await cursorStore.load()
        if (stored === undefined || protocol.isCursor(stored)) return stored
        throw new FirehoseError(refusal(stored), { code: 'invalid-cursor' })
      },
      save: (place) => cursorStore.save(place),
    },
    onError(error, place) {
      if (error.code === 'connection-failed') void protocol.diagnose?.()
      onError?.(error, place)
    },
  })
  return subscription as JetstreamSubscription<JetstreamEvent<NamedCollections<Collection>>>
}
