// What handles and NSIDs share: labels of a host name, in either order.

import { DOT, HYPHEN, isDigit, isLetter } from './ascii.ts'
import type { FormatErrorCode } from './format-error.ts'

/** The longest host name, in characters, dots included. */
export const MAX_DOMAIN_LENGTH = 253

/** The longest label of a host name (RFC 1035 section 2.3.4), and the longest name of an NSID. */
export const MAX_LABEL_LENGTH = 63

/** Finds what keeps `value` from being two or more host name labels, of any length in all. */
export function domainProblem(value: string): FormatErrorCode | undefined {
  const length = value.length
  let start = 0
  for (let i = 0; i <= length; i++) {
    const unit = i < length ? value.charCodeAt(i) : DOT
    if (unit === DOT) {
      if (i === start) return 'empty-segment'
      if (i - start > MAX_LABEL_LENGTH) return 'long-segment'
      if (value.charCodeAt(start) === HYPHEN || value.charCodeAt(i - 1) === HYPHEN) {
        return 'hyphen-at-edge'
      }
      if (i === length && start === 0) return 'too-few-segments'
      start = i + 1
    } else if (!isLetter(unit) && !isDigit(unit) && unit !== HYPHEN) {
      return 'bad-character'
    }
  }
  return undefined
}
