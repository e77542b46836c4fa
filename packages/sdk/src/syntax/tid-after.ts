import { nextTid, ownClockId } from './tid-clock.ts'
import { formatTid } from './tid-format.ts'
import { tidParts } from './tid-parts.ts'
import type { Tid } from './tid.ts'

/**
 * Makes a TID as {@link nextTid} does that is also greater than `previous`, which may come from
 * another clock: the next revision of a repository. A `previous` in the future moves only this
 * result, not the ones after it.
 *
 * @throws RangeError when no TID is greater than `previous`.
 */
export function nextTidAfter(previous: Tid): Tid {
  const tid = nextTid()
  return tid > previous
    ? tid
    : formatTid({ timestamp: tidParts(previous).timestamp + 1, clockId: ownClockId() })
}
