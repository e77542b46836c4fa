import { expect } from 'vitest'
import { DataError } from '../../src/data/index.ts'

/** The {@link DataError} that the function throws; it fails the test where there is none. */
export function dataErrorOf(run: () => unknown): DataError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(DataError)
    return error as DataError
  }
  return expect.unreachable('nothing was thrown')
}
