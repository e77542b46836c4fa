// The roots of a CAR file, and whether their blocks are in it.

import type { CidString } from '../syntax/index.ts'
import { decodeCbor } from './cbor-decode.ts'
import { DataError } from './data-error.ts'

/**
 * The roots that a header names, which is `{ roots: [link…], version: 1 }` in DAG-CBOR. There may be
 * none.
 *
 * @throws {DataError} `car-header`
 */
export function readRoots(header: Uint8Array): CidString[] {
  let value: unknown
  try {
    value = decodeCbor(header)
  } catch (cause) {
    throw headerFault('it is not DAG-CBOR', cause)
  }
  const { version, roots } = (value ?? {}) as { version?: unknown; roots?: unknown }
  if (version !== 1) throw headerFault('it is not of version 1')
  if (!Array.isArray(roots)) throw headerFault('it lists no roots')
  return roots.map((root: { $link?: unknown } | null) => {
    if (typeof root?.$link !== 'string') throw headerFault('a root is not a link')
    return root.$link
  })
}

/** Takes note of the blocks that go by, and of the roots that were not among them. */
export class RootWatch {
  readonly #missing: Set<CidString>

  constructor(roots: readonly CidString[]) {
    this.#missing = new Set(roots)
  }

  /** To be called for each block. */
  saw(cid: CidString): void {
    if (this.#missing.size > 0) this.#missing.delete(cid)
  }

  /**
   * To be called at the end.
   *
   * @throws {DataError} `root-missing`
   */
  finish(offset: number): void {
    for (const root of this.#missing) {
      const message = `The root ${root} of the CAR file has no block in it`
      throw new DataError(message, { code: 'root-missing', offset })
    }
  }
}

function headerFault(reason: string, cause?: unknown): DataError {
  return new DataError(`The header of the CAR file cannot be read: ${reason}`, {
    code: 'car-header',
    offset: 0,
    ...(cause === undefined ? {} : { cause }),
  })
}
