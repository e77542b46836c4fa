// Timers that take any delay.

/**
 * @internal Calls back after a number of milliseconds. The platform's own timer fires at once where
 * the delay is past 31 bits, Infinity included; this one then fires after 24 days.
 */
export function startTimer(
  callback: () => void,
  milliseconds: number,
): ReturnType<typeof setTimeout> {
  return setTimeout(callback, Math.min(milliseconds, 2 ** 31 - 1))
}
