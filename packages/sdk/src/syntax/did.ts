import { assertFormat } from './format-error.ts'
import type { FormatErrorCode } from './format-error.ts'

/**
 * A decentralized identifier, the permanent name of an account: `did:plc:ewvi7nxzyoun6zhxrhs64oiz`.
 * Of any method, also of those that the protocol cannot resolve.
 */
export type Did = `did:${string}:${string}`

/** The longest DID, in characters (DID specification, "DID Identifier Syntax"). */
const MAX_LENGTH = 2048

// Escapes are not checked (the specification leaves that to resolution), only that none is begun.
const PATTERN = /^did:[a-z]+:[\w.:%-]*[\w.-]$/

/** Tells whether `value` is a DID: at most 2048 characters, of any method. */
export function isDid(value: unknown): value is Did {
  return typeof value === 'string' && value.length <= MAX_LENGTH && PATTERN.test(value)
}

/** Finds what keeps `value` from being a DID. */
export function didProblem(value: string): FormatErrorCode | undefined {
  if (isDid(value)) return undefined
  if (value.length > MAX_LENGTH) return 'too-long'
  if (!value.startsWith('did:')) return 'bad-prefix'
  if (/[^\w.:%-]/.test(value)) return 'bad-character'
  return /^did:[a-z]+:./.test(value) ? 'bad-ending' : 'bad-shape'
}

/**
 * Gives `value` back as a {@link Did}.
 *
 * @throws {@link FormatError} when it is none: `bad-prefix`, `bad-shape`, `bad-character`,
 *   `bad-ending`, `too-long` or `not-a-string`.
 */
export function parseDid(value: unknown): Did {
  assertFormat('did', didProblem, value)
  return value as Did
}
