// Says on the terminal what takes so long, and how long it has taken.

/**
 * Runs one step and shows its title with the seconds that tick by; where nobody watches (no
 * terminal), it prints a line when the step begins and one when it ended.
 *
 * @param title what is being done, and what it may cost: `Downloading 660 packages, about a minute`
 */
export async function showProgress<T>(title: string, run: () => Promise<T>): Promise<T> {
  const out = process.stderr
  const started = performance.now()
  const seconds = (): string => `${Math.round((performance.now() - started) / 1000)} s`
  // The cursor goes back to the first column and the line is cleared, to be written again.
  const line = (mark: string): void => {
    out.write(`${out.isTTY ? '\r\u001B[K' : ''}  ${mark} ${title} (${seconds()})`)
  }
  if (!out.isTTY) out.write(`  … ${title}\n`)
  const timer = out.isTTY ? setInterval(() => line('…'), 250) : undefined
  try {
    const result = await run()
    line('✓')
    return result
  } catch (error) {
    line('✗')
    throw error
  } finally {
    clearInterval(timer)
    out.write('\n')
  }
}
