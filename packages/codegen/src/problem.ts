// What is wrong with the input, for people and for programs.

import { CodegenError } from './errors.ts'
import { findPosition } from './json-position.ts'
import { idOf } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Something that is wrong, and where as far as that can be said. */
export interface Problem {
  file?: string
  /** From 1. */
  line?: number
  /** From 1, in UTF-16 units. */
  column?: number
  /** The NSID of the document, or the group of NSIDs as `com.example.*`. */
  document?: string
  /** The way to the value in the document, such as `defs.main.output.schema`. */
  path?: string
  /** Why a document cannot be had from the network, as of `PublicationError`. */
  code?: string
  message: string
}

/** An error with all that is wrong. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}

/**
 * One line, such as editors and terminals make a link of. What strangers wrote is in it: characters
 * that a terminal would take for commands, or that would look like another line, are escaped.
 */
export function formatProblem({ file, line, column, document, path, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const subject = path ? `${document} at ${path}` : document
  return [place, subject, message].filter(Boolean).join(': ').replaceAll(UNSEEN, escapeCharacter)
}

/** Controls, those of the direction of text among them, and ends of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}

/**
 * What an error says, with the files that it is about: several where they share an NSID.
 *
 * @param sources The documents, in the order in which they were given to `generate`.
 */
export function problemsOf(error: Error, sources: readonly SourceFile[]): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems
  if (!(error instanceof CodegenError)) return [{ message: error.message }]
  const { document, faults } = error
  return faults.flatMap(({ path, problem: message }) => {
    const problem = { document, ...(path && { path }), message }
    const places = placesOf(document, path, sources)
    return places.length > 0 ? places.map((place) => ({ ...place, ...problem })) : [problem]
  })
}

/**
 * Where a value of a document stands.
 *
 * @param document Its NSID, or `documents[n]`.
 */
export function placesOf(
  document: string,
  path: string,
  sources: readonly SourceFile[],
): Required<Pick<Problem, 'file' | 'line' | 'column'>>[] {
  return sources
    .filter(({ json }, i) => document === `documents[${i}]` || document === idOf(json))
    .map((source) => ({ file: source.path, ...findPosition(source.text, path) }))
}
