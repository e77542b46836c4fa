// Checks of events, which may take a while: many are under way at the same time, but not all.

/** The most checks that are under way at the same time. */
const MAX_CHECKS = 64

/** Gives the event as the program gets it, or undefined where it wants none of it. */
export type Check<Event> = (event: Event) => Event | undefined | Promise<Event | undefined>

/**
 * A check that neither throws nor rejects: it tells `refuse` instead, and gives undefined. None begins
 * once `closing` aborts.
 */
export type EventCheck<Event> = (
  event: Event,
  refuse: (error: unknown, event: Event) => void,
  closing: AbortSignal,
) => Event | undefined | Promise<Event | undefined>

/** Makes a check of one that throws, with a bound to how many are under way. */
export function createEventCheck<Event extends object>(check: Check<Event>): EventCheck<Event> {
  let running = 0
  const waiting: (() => void)[] = []

  /** Whoever is done hands its place on. */
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return (event, refuse, closing) => {
    const guard = async (begun: () => ReturnType<Check<Event>>): Promise<Event | undefined> => {
      try {
        return await begun()
      } catch (error) {
        refuse(error, event)
        return undefined
      } finally {
        leave()
      }
    }
    if (running === MAX_CHECKS) {
      const turn = new Promise<void>((resolve) => waiting.push(resolve))
      return turn.then(() => (closing.aborted ? undefined : guard(() => check(event))))
    }
    try {
      const checked = check(event)
      if (!(checked instanceof Promise)) return checked
      running++
      return guard(() => checked)
    } catch (error) {
      refuse(error, event)
      return undefined
    }
  }
}
