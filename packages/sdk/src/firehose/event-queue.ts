// The events between the service and the program: those whose checks are under way, those that wait to
// be handed out, and those that the program has not finished. They form one list, oldest first:
//
//   #oldest            #next              #unchecked         #newest
//   handed out   →     checked      →     received     →     received
//
// The cursor is that of the last event before the oldest one.

/** The most checks of events that are under way at the same time. */
const MAX_CHECKS = 64

/** An event on its way through a subscription. */
export interface Delivery<Event extends object> {
  readonly event: Event
}

interface Entry<Event extends object> extends Delivery<Event> {
  event: Event
  /** Of this event, or of a later one that was passed over. */
  cursor: number | undefined
  size: number
  state: typeof WAITING | typeof READY | typeof DONE
  next: Entry<Event> | undefined
}

const WAITING = 0
const READY = 1
const DONE = 2

/** What a queue tells. */
export interface EventQueueEvents<Event extends object> {
  /** Gives the event, or undefined where the program shall not have it. */
  check(event: Event): Event | undefined | Promise<Event | undefined>
  /** The check of an event failed; it is passed over. */
  refused(error: unknown, event: Event): void
  /** There is something to take. */
  ready(): void
  /** All events up to a cursor are finished. */
  moved(cursor: number): void
}

/** Hands out events in the order in which they came in, whatever their checks take. */
export class EventQueue<Event extends object> {
  /** Events that wait to be handed out. */
  events = 0
  /** What those events take, as they came in. */
  bytes = 0
  readonly #on: EventQueueEvents<Event>
  #oldest: Entry<Event> | undefined
  #next: Entry<Event> | undefined
  #unchecked: Entry<Event> | undefined
  #newest: Entry<Event> | undefined
  #checks = 0

  constructor(on: EventQueueEvents<Event>) {
    this.#on = on
  }

  /** Takes in an event, and begins its check. */
  push(event: Event, cursor: number | undefined, size: number): void {
    const entry: Entry<Event> = { event, cursor, size, state: WAITING, next: undefined }
    if (this.#checks < MAX_CHECKS) {
      // What is not handed out leaves nothing behind: most events of a filtered stream are such.
      if (!this.#check(entry)) return this.pass(cursor)
    } else {
      this.#unchecked ??= entry
    }
    if (this.#newest) this.#newest.next = entry
    this.#newest = entry
    this.#oldest ??= entry
    this.#next ??= entry
    this.events++
    this.bytes += size
    if (entry.state === READY) this.#on.ready()
  }

  /** Something was received that is not handed out. */
  pass(cursor: number | undefined): void {
    if (cursor === undefined) return
    if (this.#oldest && this.#newest) this.#newest.cursor = cursor
    else this.#on.moved(cursor)
  }

  /** The next event, where there is one whose check is done. */
  take(): Delivery<Event> | undefined {
    while (this.#next?.state === DONE) this.#leave(this.#next)
    const entry = this.#next
    if (entry?.state !== READY) return undefined
    this.#leave(entry)
    return entry
  }

  /** The program is done with an event. The cursor moves when it is with all those before, too. */
  finish(delivery: Delivery<Event>): void {
    ;(delivery as Entry<Event>).state = DONE
    while (this.#oldest?.state === DONE) {
      const entry = this.#oldest
      if (entry === this.#next) this.#leave(entry)
      this.#oldest = entry.next
      if (entry.cursor !== undefined) this.#on.moved(entry.cursor)
    }
  }

  /** Whether the event goes on: it is checked, or being so. */
  #check(entry: Entry<Event>): boolean {
    try {
      const checked = this.#on.check(entry.event)
      if (checked instanceof Promise) void this.#await(entry, checked)
      else this.#settle(entry, checked)
    } catch (error) {
      this.#refuse(entry, error)
    }
    return entry.state !== DONE
  }

  async #await(entry: Entry<Event>, checked: Promise<Event | undefined>): Promise<void> {
    this.#checks++
    try {
      this.#settle(entry, await checked)
    } catch (error) {
      this.#refuse(entry, error)
    }
    this.#checks--
    if (entry.state === DONE) this.finish(entry)
    while (this.#unchecked && this.#checks < MAX_CHECKS) {
      const next = this.#unchecked
      this.#unchecked = next.next
      if (!this.#check(next)) this.finish(next)
    }
    this.#on.ready()
  }

  #settle(entry: Entry<Event>, event: Event | undefined): void {
    entry.state = event ? READY : DONE
    if (event) entry.event = event
  }

  #refuse(entry: Entry<Event>, error: unknown): void {
    entry.state = DONE
    this.#on.refused(error, entry.event)
  }

  /** The next entry waits no longer. */
  #leave(entry: Entry<Event>): void {
    this.#next = entry.next
    this.events--
    this.bytes -= entry.size
  }
}
