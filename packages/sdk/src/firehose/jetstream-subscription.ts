// The events of a Jetstream, whose filter can be changed meanwhile.
import type { JetstreamEvent } from './jetstream-event.ts'
import type { JetstreamFilter } from './jetstream-filter.ts'
import type { Subscription } from './subscription.ts'

/** The events of a Jetstream. */
export interface JetstreamSubscription<
  Event extends object = JetstreamEvent,
> extends Subscription<Event> {
  /**
   * Changes what is wanted, from about now on. What is left out stays as it is. Version one of the
   * service is told over the connection; with version two, a new one is made.
   *
   * @throws as {@link subscribeJetstream}.
   */
  update(filter: JetstreamFilter): void
}
