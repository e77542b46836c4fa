import { encodeTid, formatTid, tidParts } from './tid-parts.ts'
import type { Tid } from './tid.ts'

// Drawn at the first use: some runtimes give no random numbers while modules load.
let clockId: number | undefined
let lastTimestamp = 0

function ownClockId(): number {
  return (clockId ??= Math.floor(Math.random() * 1024))
}

/**
 * Makes a TID for now, greater than every one it made before in this process: within one
 * microsecond and when the clock is set back, it counts on from the last one.
 */
export function nextTid(): Tid {
  lastTimestamp = Math.max(Date.now() * 1000, lastTimestamp + 1)
  return encodeTid(lastTimestamp, ownClockId())
}

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
