import { encodeTid } from './tid-format.ts'
import type { Tid } from './tid.ts'

// Drawn at the first use: some runtimes give no random numbers while modules load.
let clockId: number | undefined
let lastTimestamp = 0

/** The clock id of all TIDs that this process makes. */
export function ownClockId(): number {
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
