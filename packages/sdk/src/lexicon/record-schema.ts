// Records (https://atproto.com/specs/lexicon#record).

import { objectCheck } from './object-schema.ts'
import type { Fields } from './object-schema.ts'
import { isObject, Schema } from './schema.ts'
import type { Typed } from './union.ts'

/** Which keys the records of a collection have (https://atproto.com/specs/record-key). */
export type RecordKeyType = 'any' | 'nsid' | 'tid' | `literal:${string}`

/** The schema of the records of one collection. Their `$type` has to be there. */
export class RecordSchema<Value extends { $type?: string }> extends Schema<Typed<Value>> {
  /** The collection. */
  readonly nsid: string

  /** What the keys of the records are. */
  readonly key: RecordKeyType

  /** @internal */
  constructor(nsid: string, key: RecordKeyType, fields: () => Fields) {
    super((value, validation, depth) => {
      this.check = objectCheck(fields(), nsid, true)
      return this.check(value, validation, depth)
    }, nsid)
    this.nsid = nsid
    this.key = key
  }

  /** Whether a value says that it is a record of this collection. Nothing else of it is checked. */
  isTypeOf(value: unknown): value is { $type: Typed<Value>['$type'] } {
    return isObject(value) && value['$type'] === this.nsid
  }
}

/** The records of a collection. @param fields Called once, when the schema is first used. */
export function record<Value extends { $type?: string }>(
  nsid: string,
  key: RecordKeyType,
  fields: () => Fields,
): RecordSchema<Value> {
  return new RecordSchema(nsid, key, fields)
}
