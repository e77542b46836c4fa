// The events of a Jetstream, whose filter can be changed meanwhile.
import type { JetstreamEndpoint } from './jetstream-endpoint.ts'
import type { JetstreamEvent } from './jetstream-event.ts'
import { checkFilter } from './jetstream-filter.ts'
import type { JetstreamFilter } from './jetstream-filter.ts'
import type { StreamProtocol } from './stream-protocol.ts'
import { Subscription } from './subscription.ts'
import type { SubscriptionOptions } from './subscription-options.ts'

/** The events of a Jetstream. */
export class JetstreamSubscription<
  Event extends object = JetstreamEvent,
> extends Subscription<Event> {
  readonly #hello: () => string | undefined
  readonly #endpoint: JetstreamEndpoint

  constructor(
    protocol: StreamProtocol<Event>,
    endpoint: JetstreamEndpoint,
    options: SubscriptionOptions,
  ) {
    super(protocol, options)
    this.#hello = () => protocol.hello?.()
    this.#endpoint = endpoint
  }

  override async close(): Promise<void> {
    this.#endpoint.closing.abort()
    await super.close()
  }

  /**
   * Changes what is wanted, from about now on. What is left out stays as it is. Version one of the
   * service is told over the connection; with version two, a new one is made.
   *
   * @throws as {@link subscribeJetstream}.
   */
  update(filter: JetstreamFilter): void {
    const { version } = this.#endpoint
    const next = { ...this.#endpoint.filter, ...filter }
    checkFilter(next, version)
    this.#endpoint.filter = next
    const text = this.#hello()
    if (text === undefined) this.renew()
    else this.send(text)
  }
}
