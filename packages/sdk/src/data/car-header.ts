// The header of a CAR file: `{ roots: [link…], version: 1 }` in DAG-CBOR after its length.

import type { CidString } from '../syntax/index.ts'
import { decodeCbor } from './cbor-decode.ts'
import { DataError } from './data-error.ts'

/** The roots that the bytes of a header name. */
export function decodeCarHeader(bytes: Uint8Array, offset: number): CidString[] {
  let header: unknown
  try {
    header = decodeCbor(bytes)
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause
    throw headerFault(`The header of the CAR file is not valid: ${cause.message}`, offset, cause)
  }
  const { version, roots } = (header ?? {}) as { version?: unknown; roots?: unknown }
  if (version !== 1) {
    throw headerFault(`Only CAR files of version 1 are read, not of ${String(version)}`, offset)
  }
  if (!Array.isArray(roots)) throw headerFault('The CAR file does not list its roots', offset)
  return roots.map((root: { $link?: unknown } | null) => {
    if (typeof root?.$link === 'string') return root.$link
    throw headerFault('A root of the CAR file is not a link', offset)
  })
}

function headerFault(message: string, offset: number, cause?: DataError): DataError {
  return new DataError(message, { code: 'car-header', offset, ...(cause && { cause }) })
}
