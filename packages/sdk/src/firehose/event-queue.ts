// The events between the service and the program: those that the program has not finished, and those
// that wait for it, some of them for their checks as well. They form one list, oldest first:
//
//   oldest             next               newest
//   handed out   →     received     →     received
//
// The cursor is that of the last event before the oldest one.

/** An event on its way through a subscription. */
export interface Delivery<Event extends object> {
  readonly event: Event
}

interface Entry<Event extends object> {
  /** Undefined while it is being checked. */
  event: Event | undefined
  /** Of this event, or of a later one that was passed over. */
  cursor: number | undefined
  size: number
  isDone: boolean
  next: Entry<Event> | undefined
}

/** Hands out events in the order in which they came in, whatever their checks take. */
export interface EventQueue<Event extends object> {
  /** How many events wait to be handed out, and their bytes as they came in. */
  readonly waiting: { events: number; bytes: number }
  /** Takes in an event; or the promise of one, or of none where the program shall not have it. */
  push(event: Event | Promise<Event | undefined>, cursor: number | undefined, size: number): void
  /** Something was received that is not handed out. */
  pass(cursor: number | undefined): void
  /** The next event, where there is one. */
  take(): Delivery<Event> | undefined
  /** The program is done with an event. The cursor moves when it is with all those before, too. */
  readonly finish: (delivery: Delivery<Event>) => void
}

/**
 * Makes a queue.
 *
 * @param ready Is told that there may be something to take.
 * @param moved Is told that all events up to a cursor are finished.
 * @param closing Once it aborts, checks that are under way finish nothing.
 */
export function createEventQueue<Event extends object>(
  ready: () => void,
  moved: (cursor: number) => void,
  closing: AbortSignal,
): EventQueue<Event> {
  const waiting = { events: 0, bytes: 0 }
  let oldest: Entry<Event> | undefined
  let next: Entry<Event> | undefined
  let newest: Entry<Event> | undefined

  const leave = (entry: Entry<Event>): void => {
    next = entry.next
    waiting.events--
    waiting.bytes -= entry.size
  }

  const finish = (entry: Entry<Event>): void => {
    entry.isDone = true
    while (oldest?.isDone) {
      if (oldest === next) leave(oldest)
      if (oldest.cursor !== undefined) moved(oldest.cursor)
      oldest = oldest.next
    }
  }

  const settle = async (entry: Entry<Event>, checked: Promise<Event | undefined>) => {
    entry.event = await checked
    if (closing.aborted) return
    if (!entry.event) finish(entry)
    ready()
  }

  return {
    waiting,

    push(event, cursor, size) {
      const entry: Entry<Event> = { event: undefined, cursor, size, isDone: false, next: undefined }
      if (oldest && newest) newest.next = entry
      else oldest = entry
      newest = entry
      next ??= entry
      waiting.events++
      waiting.bytes += size
      if (event instanceof Promise) return void settle(entry, event)
      entry.event = event
      ready()
    },

    pass(cursor) {
      if (cursor === undefined) return
      if (oldest && newest) newest.cursor = cursor
      else moved(cursor)
    },

    take() {
      while (next?.isDone) leave(next)
      const entry = next
      if (!entry?.event) return undefined
      leave(entry)
      return entry as Delivery<Event>
    },

    finish: finish as (delivery: Delivery<Event>) => void,
  }
}
