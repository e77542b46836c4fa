import { parseFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/** A language tag as BCP 47 defines them: `ja`, `pt-BR`, `zh-Hant`. */
export type Language = string

// BCP 47 has no limit, and every tag in use is under 36 characters.
const MAX_LENGTH = 255

// The tags of RFC 5646 section 2.2.8 that do not fit its grammar ("irregular").
const IRREGULAR =
  /^(?:en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu))$/i

function languageProblem(value: string): FormatErrorCode | undefined {
  if (value.length > MAX_LENGTH) return 'too-long'
  if (/[^a-zA-Z0-9-]/.test(value)) return 'bad-character'
  if (IRREGULAR.test(value)) return undefined

  const subtags = value.toLowerCase().split('-')
  let index = 0
  const take = (pattern: RegExp): boolean => {
    const matches = pattern.test(subtags[index] ?? '')
    if (matches) index++
    return matches
  }

  if (subtags[0] !== 'x') {
    // Case is checked here only. Four letters are reserved for a use to come (section 2.2.1).
    if (!/^(?:[a-z]{2,3}|[a-z]{5,8})(?:-|$)/.test(value)) return 'bad-prefix'
    index = 1
    if ((subtags[0]?.length ?? 0) <= 3) {
      for (let extended = 0; extended < 3 && take(/^[a-z]{3}$/); extended++);
    }
    take(/^[a-z]{4}$/) // script
    take(/^(?:[a-z]{2}|\d{3})$/) // region
    const seen = new Set<string>()
    const repeats = (): boolean => seen.size === seen.add(subtags[index - 1] ?? '').size
    while (take(/^(?:[a-z\d]{5,8}|\d[a-z\d]{3})$/)) if (repeats()) return 'repeated-subtag'
    while (take(/^[a-wyz\d]$/)) {
      if (repeats()) return 'repeated-subtag'
      if (!take(/^[a-z\d]{2,8}$/)) return 'bad-shape'
      while (take(/^[a-z\d]{2,8}$/));
    }
  }
  if (take(/^x$/)) {
    if (!take(/^[a-z\d]{1,8}$/)) return 'bad-shape'
    while (take(/^[a-z\d]{1,8}$/));
  }
  return index === subtags.length ? undefined : 'bad-shape'
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
 * @throws {@link FormatError} when it is none: `bad-prefix`, `bad-shape`, `bad-character`,
 *   `repeated-subtag`, `too-long` (over 255 characters) or `not-a-string`.
 */
export function parseLanguage(value: unknown): Language {
  return parseFormat('language', languageProblem, value)
}
