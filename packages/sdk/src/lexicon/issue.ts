// What is wrong with a value or a document, as data. An issue is also one of Standard Schema.

/**
 * What is wrong:
 *
 * - `wrong-type`: a value of another kind than the one expected
 * - `missing`: a required field is absent
 * - `wrong-value`: not the constant, or none of the values that there are
 * - `too-short`, `too-long`: a length in bytes or items. `too-few-graphemes`, `too-many-graphemes`
 * - `too-small`, `too-large`: an integer, or the size of a blob
 * - `invalid-format`: a string that is not of its format
 * - `not-unicode`: a string with a lone surrogate, which has no UTF-8
 * - `not-accepted`: a blob of a MIME type that is not accepted
 * - `wrong-record-type`: the `$type` of another definition
 * - `unknown-member`: a `$type` that a union does not name, where it is closed or checked strictly
 * - `unknown-field`: a field that the lexicon does not name, checked strictly
 * - `too-deep`: nested over 128 deep, or without end
 *
 * Of documents alone:
 *
 * - `misplaced`: a definition that may not stand there, or not under that name
 * - `contradiction`: limits, constants and defaults that no value can meet together
 * - `duplicate`: something twice that may be there once
 * - `unresolved-ref`: a reference that points at nothing, or at what it may not point at
 * - `endless-ref`: a definition that requires itself, so that no value of it ever ends
 * - `unknown-lexicon`: no document of that NSID is at hand, or it is not of the kind asked for
 */
export type IssueCode =
  | 'wrong-type'
  | 'missing'
  | 'wrong-value'
  | 'too-short'
  | 'too-long'
  | 'too-few-graphemes'
  | 'too-many-graphemes'
  | 'too-small'
  | 'too-large'
  | 'invalid-format'
  | 'not-unicode'
  | 'not-accepted'
  | 'wrong-record-type'
  | 'unknown-member'
  | 'unknown-field'
  | 'too-deep'
  | 'misplaced'
  | 'contradiction'
  | 'duplicate'
  | 'unresolved-ref'
  | 'endless-ref'
  | 'unknown-lexicon'

/** One thing that is wrong, and where. Plain JSON. */
export interface Issue {
  code: IssueCode
  /** The way to the value: names of fields and positions in arrays; empty for the whole. */
  path: (string | number)[]
  /** What was expected there. It may change; the code does not. */
  message: string
}

/** A path as one writes it in code: `embed.images[0].alt`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else if (/^[\w$-]+$/.test(key)) text += text ? `.${key}` : key
    else text += `[${JSON.stringify(key)}]`
  }
  return text
}
