import { didProblem } from './did.ts'
import type { Did } from './did.ts'
import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'
import { handleProblem } from './handle.ts'
import type { Handle } from './handle.ts'

/** Either name of an account. Only a DID begins with `did:`, since a handle has no colon. */
export type AtIdentifier = Did | Handle

function atIdentifierProblem(value: string): FormatErrorCode | undefined {
  return value.startsWith('did:') ? didProblem(value) : handleProblem(value)
}

/** Tells whether `value` is a DID or a handle. */
export function isAtIdentifier(value: unknown): value is AtIdentifier {
  return typeof value === 'string' && atIdentifierProblem(value) === undefined
}

/**
 * Gives `value` back as an {@link AtIdentifier}.
 *
 * @throws {@link FormatError} when it is none: with the codes of `parseDid` when it begins with
 *   `did:`, else with those of `parseHandle`.
 */
export function parseAtIdentifier(value: unknown): AtIdentifier {
  assertFormat('at-identifier', atIdentifierProblem, value)
  return value as AtIdentifier
}
