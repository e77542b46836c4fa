import type { TidParts } from './tid-parts.ts'
import type { Tid } from './tid.ts'

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

function encodeDigits(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) {
    text = DIGITS.charAt(rest % 32) + text
  }
  return text
}

/** Writes a TID from a timestamp and a clock id that are known to be in range. */
export function encodeTid(timestamp: number, clockId: number): Tid {
  return encodeDigits(timestamp, 11) + encodeDigits(clockId, 2)
}

/**
 * Writes a TID from its parts.
 *
 * @throws RangeError when the timestamp is not an integer from 0 to 2^53-1, or the clock id not one
 *   under 1024.
 */
export function formatTid({ timestamp, clockId }: TidParts): Tid {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new RangeError(`timestamp ${timestamp} is not an integer of 53 bits`)
  }
  if (!Number.isInteger(clockId) || clockId < 0 || clockId > 1023) {
    throw new RangeError(`clockId ${clockId} is not an integer of 10 bits`)
  }
  return encodeTid(timestamp, clockId)
}
