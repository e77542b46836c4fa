// What arrives from a subscription while a test does other things.
import { subscribeRepos } from 'atproto.ts/firehose'
import type {
  CommitEvent,
  FirehoseError,
  RepoEvent,
  SubscribeReposOptions,
  Subscription,
} from 'atproto.ts/firehose'

/** Iterates a subscription to its end, and keeps what it gives. */
export class Follower implements AsyncDisposable {
  readonly events: RepoEvent[] = []
  readonly errors: FirehoseError[] = []
  readonly subscription: Subscription<RepoEvent>
  readonly #ended: Promise<void>
  #tell = () => {}

  constructor(options: SubscribeReposOptions) {
    this.subscription = subscribeRepos({
      // So that nothing waits where a service ends the connection.
      reconnect: { min: 1, max: 1_000 },
      ...options,
      onError: (error) => {
        this.errors.push(error)
        this.#tell()
      },
    })
    this.#ended = this.#follow()
  }

  /** The first event that fits, when it is there. */
  async until<Event extends RepoEvent>(fits: (event: RepoEvent) => event is Event): Promise<Event>
  async until(fits: (event: RepoEvent) => boolean): Promise<RepoEvent>
  async until(fits: (event: RepoEvent) => boolean): Promise<RepoEvent> {
    for (;;) {
      const event = this.events.find(fits)
      if (event) return event
      await this.#progress()
    }
  }

  /** Resolves when something with that URI was written or deleted. */
  async untilWritten(uri: string): Promise<CommitEvent> {
    return this.until((event): event is CommitEvent => {
      return event.kind === 'commit' && event.ops.some((op) => op.uri === uri)
    })
  }

  /** The first error that fits, when it is there. */
  async untilError(fits: (error: FirehoseError) => boolean): Promise<FirehoseError> {
    for (;;) {
      const error = this.errors.find(fits)
      if (error) return error
      await this.#progress()
    }
  }

  /** The events about an account so far. */
  eventsOf(did: string): RepoEvent[] {
    return this.events.filter((event) => 'did' in event && event.did === did)
  }

  /** The commits of an account so far. */
  commitsOf(did: string): CommitEvent[] {
    return this.eventsOf(did).filter((event) => event.kind === 'commit')
  }

  /** What was wrong with events about an account so far. */
  errorsOf(did: string): FirehoseError[] {
    return this.errors.filter((error) => error.did === did)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.subscription.close()
    await this.#ended
  }

  async #follow(): Promise<void> {
    for await (const event of this.subscription) {
      this.events.push(event)
      this.#tell()
    }
  }

  #progress(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve
    })
  }
}
