import { CryptoError, type CryptoErrorCode } from '../../src/crypto/index.ts'
import { rejectedBy } from '../thrown.ts'

/** The code of the {@link CryptoError} that the function throws; it fails the test where none is. */
export async function cryptoCodeOf(run: () => unknown): Promise<CryptoErrorCode> {
  return (await rejectedBy(CryptoError, run)).code
}
