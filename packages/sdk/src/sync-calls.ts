// The calls of com.atproto.sync, and the firehose, whose code is loaded when it is first asked for.
import type { ComAtprotoSync } from '../lexicons/com.atproto.ts'
import type {
  NamedCollections,
  RepoEvent,
  SubscribeReposOptions,
  Subscription,
} from './firehose/index.ts'

/** A subscription whose code is being loaded. */
export interface LoadingSubscription<Event extends object>
  extends AsyncIterable<Event>, AsyncDisposable {
  /** The subscription itself, for `consume`, and for its statistics. */
  readonly loaded: Promise<Subscription<Event>>
  /** Up to where the program is done with everything; undefined before its first event. */
  readonly cursor: number | undefined
  /** Ends the iteration. Resolves when the cursor is stored. */
  close(): Promise<void>
}

/** `com.atproto.sync`, with its event stream. */
export interface SyncCalls extends ComAtprotoSync {
  /**
   * Subscribes to what happens in the repositories of the network: `subscribeRepos` of
   * `atproto.ts/firehose`, where its options and events are described, at the `service` that the
   * ATProto was given, else at a relay. It is public: no session is needed, and none is used.
   *
   * @throws what `subscribeRepos` throws, when it is iterated.
   * @example
   * ```ts
   * for await (const event of atproto.sync.subscribeRepos({ collections: ['app.bsky.feed.post'] })) {
   *   if (event.kind === 'commit') console.log(event.did, event.ops.length)
   * }
   * ```
   */
  subscribeRepos<const Collection extends string = string>(
    options?: SubscribeReposOptions<Collection>,
  ): LoadingSubscription<RepoEvent<NamedCollections<Collection>>>
}

/** @internal The calls with the event stream, by default at `service` unless that is 'auto'. */
export function createSyncCalls(calls: ComAtprotoSync, service: string | undefined): SyncCalls {
  return {
    ...calls,
    subscribeRepos: (options) =>
      whileLoading(
        import('./firehose/index.ts').then(({ subscribeRepos }) =>
          subscribeRepos({
            ...options,
            service: options?.service ?? (service === 'auto' ? undefined : service),
          }),
        ),
      ),
  }
}

function whileLoading<Event extends object>(
  loaded: Promise<Subscription<Event>>,
): LoadingSubscription<Event> {
  let subscription: Subscription<Event> | undefined
  loaded.then(
    (now) => (subscription = now),
    // Told to whoever iterates or waits.
    () => {},
  )
  const close = async () => (await loaded).close()
  return {
    loaded,
    get cursor() {
      return subscription?.cursor
    },
    close,
    [Symbol.asyncDispose]: close,
    async *[Symbol.asyncIterator]() {
      yield* await loaded
    },
  }
}
