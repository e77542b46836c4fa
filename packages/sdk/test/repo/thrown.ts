import { expect } from 'vitest'
import { RepoError } from '../../src/repo/index.ts'

/** The {@link RepoError} that the function throws; it fails the test where there is none. */
export function repoErrorOf(run: () => unknown): RepoError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(RepoError)
    return error as RepoError
  }
  return expect.unreachable('nothing was thrown')
}

/** The {@link RepoError} that a promise is rejected with; it fails the test where it is fulfilled. */
export async function repoErrorOfAsync(run: () => Promise<unknown>): Promise<RepoError> {
  let outcome: () => unknown
  try {
    const value = await run()
    outcome = () => value
  } catch (error) {
    outcome = () => {
      throw error
    }
  }
  return repoErrorOf(outcome)
}
