// The encodings of bodies, as methods name them in code.

import type { LexiconBody } from 'atproto.ts/lexicon'

/** The encoding of a body that its schema describes. */
export const JSON_ENCODING = 'application/json'

/** The MIME type of a body without spaces. Parameters, such as a charset, change nothing about JSON. */
export function encodingOf({ encoding }: LexiconBody): string {
  const type = encoding.replaceAll(' ', '')
  return /^application\/json(;|$)/i.test(type) ? JSON_ENCODING : type
}
