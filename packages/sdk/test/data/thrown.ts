import { DataError } from '../../src/data/index.ts'
import { thrownBy } from '../thrown.ts'

/** The {@link DataError} that the function throws; it fails the test where there is none. */
export function dataErrorOf(run: () => unknown): DataError {
  return thrownBy(DataError, run)
}
