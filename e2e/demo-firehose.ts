// The firehose of an account's PDS, as the demo watches it.
import { EventVerifier, subscribeRepos } from 'atproto.ts/firehose'
import type { CommitEvent, RepoEvent, RepoOp, Subscription } from 'atproto.ts/firehose'
import type { IdentityResolver } from 'atproto.ts/identity'
import type { Did } from 'atproto.ts/syntax'

const POSTS = 'app.bsky.feed.post'
/** How long an event may take to arrive, in milliseconds. */
const PATIENCE = 30_000

/** What happened to a post, as the firehose told it. */
export interface Sighting {
  event: CommitEvent<typeof POSTS>
  op: RepoOp<typeof POSTS>
  /** The key that the account's identity names, with which the event is signed. */
  signingKey: string
}

/** Looks out for the posts of one account. */
export class Lookout {
  readonly #did: Did
  readonly #identity: IdentityResolver
  readonly #verifier: EventVerifier
  readonly #subscription: Subscription<RepoEvent<typeof POSTS>>
  readonly #events: AsyncIterator<RepoEvent<typeof POSTS>>
  #next: Promise<IteratorResult<RepoEvent<typeof POSTS>>>

  private constructor(service: string, did: Did, identity: IdentityResolver, opened: () => void) {
    this.#did = did
    this.#identity = identity
    this.#verifier = new EventVerifier({ verify: 'full', identity })
    this.#subscription = subscribeRepos({
      service,
      collections: [POSTS],
      // A PDS has many accounts: only what is of this one is worth the work, and that is done below.
      verify: 'none',
      onOpen: opened,
    })
    this.#events = this.#subscription[Symbol.asyncIterator]()
    this.#next = this.#events.next()
  }

  /** Connects to a PDS. What happens from then on is seen. */
  static open(service: string, did: Did, identity: IdentityResolver): Promise<Lookout> {
    return new Promise((resolve, reject) => {
      const lookout = new Lookout(service, did, identity, () => {
        clearTimeout(timer)
        resolve(lookout)
      })
      const timer = setTimeout(() => {
        reject(new Error(`the firehose of ${service} cannot be reached`))
        void lookout.close()
      }, PATIENCE)
    })
  }

  /**
   * Waits until something happens to a post, and verifies all that the event says.
   *
   * @throws {Error} where that takes too long, and what the verifier throws.
   */
  async see(action: 'create' | 'delete', uri: string): Promise<Sighting> {
    const timer = setTimeout(() => void this.close(), PATIENCE)
    try {
      for (;;) {
        const { done, value: event } = await this.#next
        if (done) throw new Error(`no event tells of it within ${PATIENCE / 1_000} seconds`)
        this.#next = this.#events.next()
        if (event.kind !== 'commit' || event.did !== this.#did) continue
        const op = event.ops.find((one) => one.action === action && one.uri === uri)
        if (!op) continue
        await this.#verifier.check(event)
        return { event, op, signingKey: await this.#identity.resolveKey(this.#did) }
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    await this.#subscription.close()
  }
}
