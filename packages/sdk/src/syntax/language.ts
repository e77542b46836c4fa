import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/** A language tag as BCP 47 defines them: `ja`, `pt-BR`, `zh-Hant`. */
export type Language = string

// BCP 47 has no limit, and every tag in use is under 36 characters.
const MAX_LENGTH = 255

// RFC 5646 section 2.1, in its order: language, script, region, variants, extensions, private use.
// The language is in lower case, and not one of the four-letter ones reserved for a use to come.
const LANGTAG =
  /^(?:[a-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[a-z]{5,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*(?:-[A-WYZa-wyz\d](?:-[A-Za-z\d]{2,8})+)*(?:-[xX](?:-[A-Za-z\d]{1,8})+)?$/

const PRIVATE_USE = /^x(?:-[a-z\d]{1,8})+$/i

// The registered tags that do not fit the grammar (RFC 5646 section 2.2.8, "irregular").
const IRREGULAR =
  /^(?:en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu))$/i

const VARIANT = /^(?:.{5,8}|\d.{3})$/

// RFC 5646 section 2.2.9: a valid tag has no variant twice and no extension twice.
function repeatsSubtag(langtag: string): boolean {
  const seen = new Set<string>()
  let inExtension = false
  for (const subtag of langtag.toLowerCase().split('-').slice(1)) {
    if (subtag === 'x') break
    if (subtag.length === 1) inExtension = true
    else if (inExtension || !VARIANT.test(subtag)) continue
    if (seen.has(subtag)) return true
    seen.add(subtag)
  }
  return false
}

function languageProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  // The usual tag is too short to repeat anything.
  if (LANGTAG.test(value)) {
    return value.length > 10 && repeatsSubtag(value) ? 'repeated-subtag' : undefined
  }
  return PRIVATE_USE.test(value) || IRREGULAR.test(value) ? undefined : 'bad-shape'
}

/**
 * Tells whether `value` is a language tag: well-formed by the grammar of RFC 5646 section 2.1, its
 * first part in lower case, and no variant or extension twice. Whether such a language is registered
 * is not checked.
 */
export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && languageProblem(value) === undefined
}

/**
 * Gives `value` back as a {@link Language}.
 *
 * @throws {@link FormatError} when it is none: `bad-shape`, `repeated-subtag`, `too-long` (over 255
 *   characters) or `not-a-string`.
 */
export function parseLanguage(value: unknown): Language {
  assertFormat('language', languageProblem, value)
  return value
}
