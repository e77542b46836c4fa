import { CryptoError } from './crypto/index.ts'
import type { CryptoErrorCode } from './crypto/index.ts'
import { AtprotoError } from './index.ts'

declare const error: unknown

// The error of a room knows its codes; any error has one.
if (error instanceof CryptoError) {
  error.code satisfies CryptoErrorCode
  // @ts-expect-error no code of a key or a signature
  if (error.code === 'not-a-code') throw error
}
if (error instanceof AtprotoError) error.code satisfies string

// It takes no others, and is not made without. Those who take any error take it.
export const errors: AtprotoError[] = [
  new CryptoError('no point', { code: 'invalid-point', cause: error }),
  // @ts-expect-error no code of a key or a signature
  new CryptoError('no point', { code: 'not-a-code' }),
  // @ts-expect-error a code is required
  new CryptoError('no point'),
]
