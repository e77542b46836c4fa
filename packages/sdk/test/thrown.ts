import { expect } from 'vitest'

/** The error of a class that the function throws; it fails the test where there is none. */
export function thrownBy<Thrown extends Error>(
  type: abstract new (...args: never[]) => Thrown,
  run: () => unknown,
): Thrown {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(type)
    return error as Thrown
  }
  return expect.unreachable('nothing was thrown')
}

/** The error of a class that a promise is rejected with; it fails the test where it is fulfilled. */
export async function rejectedBy<Thrown extends Error>(
  type: abstract new (...args: never[]) => Thrown,
  run: () => unknown,
): Promise<Thrown> {
  let outcome: () => unknown
  try {
    const value = await run()
    outcome = () => value
  } catch (error) {
    outcome = () => {
      throw error
    }
  }
  return thrownBy(type, outcome)
}
