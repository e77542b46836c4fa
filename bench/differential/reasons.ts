// Where we decide differently from the others, and why. A difference that is not listed is a failure.

/** A library decides differently where ours refuses with a code, or where the example is in `only`. */
export interface Reason {
  library: string
  /** The code with which ours refuses; none where both give a value, but not the same. */
  code?: string
  /** The examples that it is about, where it is not about all with that code. */
  only?: readonly string[]
  why: string
}

const LEX_CBOR = '@atproto/lex-cbor'
const ATCUTE = '@atcute/cbor'

/** All the differences that there should be. */
export const REASONS: readonly Reason[] = [
  {
    library: LEX_CBOR,
    code: 'float',
    why: 'The data model has no floats; it decodes them, so that the value cannot be told from an integer where it is whole.',
  },
  {
    library: ATCUTE,
    code: 'float',
    why: 'The data model has no floats; DRISL has, and it follows DRISL.',
  },
  {
    library: LEX_CBOR,
    code: 'integer-range',
    why: 'It gives big integers, which plain JSON does not have.',
  },
  {
    library: LEX_CBOR,
    code: 'undefined',
    why: 'It turns undefined into null: the value encoded again has another CID.',
  },
  {
    library: LEX_CBOR,
    code: 'key-order',
    why: 'It does not look at the order of keys: the value encoded again has another CID.',
  },
  {
    library: LEX_CBOR,
    code: 'invalid-utf8',
    why: 'It replaces what is not UTF-8 by U+FFFD: the value encoded again has another CID.',
  },
  {
    library: LEX_CBOR,
    code: 'unsupported-cid',
    why: 'The data model allows version 1, sha-256, and two codecs; it takes any CID.',
  },
  {
    library: LEX_CBOR,
    code: 'too-deep',
    why: 'It has no limit, until the stack is exhausted.',
  },
  {
    library: ATCUTE,
    code: 'too-deep',
    why: 'It has no limit; to write such a value as JSON may exhaust the stack.',
  },
  {
    library: LEX_CBOR,
    code: 'reserved-key',
    why: 'As JSON, such a map cannot be told from a link: the value encoded again is something else.',
  },
  {
    library: ATCUTE,
    code: 'reserved-key',
    why: 'In plain form, such a map cannot be told from a link: the value encoded again is something else.',
  },
  {
    library: LEX_CBOR,
    only: ['a map with the key __proto__'],
    why: 'It sets the prototype of its value instead of a key.',
  },
  {
    library: LEX_CBOR,
    only: ['text with a leading U+FEFF'],
    why: 'It takes the first letter for a byte order mark and drops it.',
  },
]
