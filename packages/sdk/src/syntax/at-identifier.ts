import { isDid } from './did.ts'
import type { Did } from './did.ts'
import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'
import { isHandle } from './handle.ts'
import type { Handle } from './handle.ts'

/** Either name of an account. A DID begins with `did:`, and a handle has no colon. */
export type AtIdentifier = Did | Handle

function atIdentifierProblem(value: string): FormatErrorCode | undefined {
  return isAtIdentifier(value) ? undefined : 'bad-shape'
}

/** Tells whether `value` is a DID or a handle. */
export function isAtIdentifier(value: unknown): value is AtIdentifier {
  return isDid(value) || isHandle(value)
}

/**
 * Gives `value` back as an {@link AtIdentifier}.
 *
 * @throws {@link FormatError} when it is neither a DID nor a handle: `bad-shape` or `not-a-string`.
 */
export function parseAtIdentifier(value: unknown): AtIdentifier {
  assertFormat('at-identifier', atIdentifierProblem, value)
  return value as AtIdentifier
}
