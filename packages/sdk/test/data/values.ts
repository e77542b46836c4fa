// Values of the data model to test with.

import {
  array,
  boolean,
  constant,
  letrec,
  maxSafeInteger,
  oneof,
  record,
  string,
  uint8Array,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { cidForCbor, cidForRaw, toLexBytes } from '../../src/data/index.ts'
import type { LexValue } from '../../src/data/index.ts'

/** A CID of each codec. */
export const CBOR_CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
export const RAW_CID = 'bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity'

const text = oneof(string({ maxLength: 40 }), string({ unit: 'binary', maxLength: 300 }))
const key = oneof(
  string({ maxLength: 12 }),
  string({ unit: 'grapheme', maxLength: 12 }),
  constant('__proto__'),
  constant('constructor'),
).filter((name) => !['$link', '$bytes', '$type'].includes(name))

/** Any value of the data model in its plain form. */
export function lexValues(): Arbitrary<LexValue> {
  return letrec<{ value: LexValue }>((tie) => ({
    value: oneof(
      { depthSize: 'small', withCrossShrink: true },
      constant(null),
      boolean(),
      maxSafeInteger(),
      text,
      uint8Array({ maxLength: 100 }).map((bytes): LexValue => ({ ...toLexBytes(bytes) })),
      text.map((content): LexValue => ({ $link: cidForCbor(content) })),
      uint8Array({ maxLength: 3 }).map((bytes): LexValue => ({ $link: cidForRaw(bytes) })),
      array(tie('value'), { maxLength: 30 }),
      array(record({ key, value: tie('value') }), { maxLength: 30 }).map((entries) => {
        const object: { [key: string]: LexValue } = {}
        for (const { key: name, value } of entries) {
          Object.defineProperty(object, name, {
            value,
            configurable: true,
            enumerable: true,
            writable: true,
          })
        }
        return object
      }),
    ),
  })).value
}
