import { RepoError } from '../../src/repo/index.ts'
import { rejectedBy, thrownBy } from '../thrown.ts'

/** The {@link RepoError} that the function throws; it fails the test where there is none. */
export function repoErrorOf(run: () => unknown): RepoError {
  return thrownBy(RepoError, run)
}

/** The {@link RepoError} that a promise is rejected with; it fails the test where it is fulfilled. */
export function repoErrorOfAsync(run: () => Promise<unknown>): Promise<RepoError> {
  return rejectedBy(RepoError, run)
}
