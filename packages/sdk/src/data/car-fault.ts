import { DataError } from './data-error.ts'
import type { DataErrorCode } from './data-error.ts'

/** The error for a CAR file in which something is wrong at an offset. */
export function carFault(code: DataErrorCode, offset: number): DataError {
  return new DataError(`Not a sound CAR file, at byte ${offset}: ${code}`, { code, offset })
}
