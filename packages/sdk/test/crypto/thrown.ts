import { expect } from 'vitest'
import { CryptoError, type CryptoErrorCode } from '../../src/crypto/index.ts'

/** The code of the {@link CryptoError} that the function throws; it fails the test where none is. */
export async function cryptoCodeOf(run: () => unknown): Promise<CryptoErrorCode> {
  try {
    await run()
  } catch (error) {
    expect(error).toBeInstanceOf(CryptoError)
    return (error as CryptoError).code
  }
  return expect.unreachable('nothing was thrown')
}
