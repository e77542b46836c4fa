// What handles and NSIDs share: the labels of a host name, in either order.

import type { FormatErrorCode } from './format-error.ts'

/** The longest host name, in characters, dots included. */
export const MAX_DOMAIN_LENGTH = 253

/** The longest label of a host name (RFC 1035 section 2.3.4), and the longest name of an NSID. */
export const MAX_LABEL_LENGTH = 63

/** Tells whether there is a label past {@link MAX_LABEL_LENGTH} between the dots of `value`. */
export function hasLongLabel(value: string): boolean {
  // Most are too short as a whole to have one.
  return value.length > MAX_LABEL_LENGTH && /[^.]{64}/.test(value)
}

/** Says which rule for labels `value` breaks, when it is known to break one. */
export function labelProblem(value: string): FormatErrorCode {
  if (/[^a-zA-Z\d.-]/.test(value)) return 'bad-character'
  const labels = value.split('.')
  if (labels.includes('')) return 'empty-segment'
  const isEdged = labels.some((label) => label.startsWith('-') || label.endsWith('-'))
  return isEdged ? 'hyphen-at-edge' : 'digit-at-start'
}
