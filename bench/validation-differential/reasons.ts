// Where we decide differently from the others about a record, and why. A difference that is not
// listed is a failure.

/** A difference in what is accepted. */
export interface Reason {
  libraries: readonly string[]
  /** What ours says first: the code of its issue, and of what; or that it accepts. */
  ours: string
  why: string
}

const ALL = ['@atcute/lexicons', '@atproto/lex', '@atproto/lexicon']
const ATCUTE = ['@atcute/lexicons']
const LEXICON = ['@atproto/lexicon']

/** All the differences that there should be. */
export const REASONS: readonly Reason[] = [
  {
    libraries: ALL,
    ours: 'accepts',
    why: 'A blob with a field that the data model does not name, which it says to ignore; or a string of the format cid that is no CID of the protocol, of which the format takes any. @atproto/lex: also a MIME type with a space behind it. @atproto/lexicon: also a $type with two #, about which it throws.',
  },
  {
    libraries: ALL,
    ours: 'invalid-format: a datetime',
    why: 'A day that no calendar has.',
  },
  {
    libraries: ALL,
    ours: 'invalid-format: a URI',
    why: 'A letter that is not ASCII, which no URI has (RFC 3986).',
  },
  {
    libraries: [...ATCUTE, ...LEXICON],
    ours: 'invalid-format: a language tag',
    why: 'Four letters, which RFC 5646 keeps for a use to come.',
  },
  { libraries: ALL, ours: 'missing: a type', why: 'An empty $type, which names nothing.' },
  {
    libraries: ALL,
    ours: 'not-unicode: no lone surrogate',
    why: 'A lone surrogate: such a string has no UTF-8, and no repository can hold it.',
  },
  {
    libraries: [...ATCUTE, ...LEXICON],
    ours: 'not-accepted: a blob of type',
    why: 'They do not look at what a lexicon says of blobs.',
  },
  {
    libraries: [...ATCUTE, ...LEXICON],
    ours: 'too-large: at most',
    why: 'They do not look at what a lexicon says of blobs.',
  },
  {
    libraries: ALL,
    ours: 'wrong-type: a blob',
    why: 'A size below 1 or no MIME type, which the data model asks for. @atproto/lex takes 0, @atproto/lexicon any number.',
  },
  {
    libraries: ATCUTE,
    ours: 'too-small: at least 0',
    why: 'Its definitions of facets have lost their minimum.',
  },
  {
    libraries: LEXICON,
    ours: 'missing: this field',
    why: 'It adds the $type of a record where there is none, and validates that.',
  },
  {
    libraries: LEXICON,
    ours: 'wrong-record-type: the $type',
    why: 'It does not compare the $type of what it is asked to validate, nor of what a ref points at.',
  },
  {
    libraries: LEXICON,
    ours: 'wrong-type: an integer',
    why: 'It takes integers that a number does not hold exactly.',
  },
]
