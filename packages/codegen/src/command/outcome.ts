// What a command has to say, to people and to programs.

import { formatProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'

/** The exit codes of the program. */
export const EXIT = { done: 0, failed: 1, misused: 2 } as const

/** How a command, or one run of one that goes on, has ended. */
export interface Outcome {
  exitCode: (typeof EXIT)[keyof typeof EXIT]
  /** For people. */
  text: string
  /** For programs. */
  json: object
}

/** Where a command says something. */
export interface Output {
  /** What was asked for. */
  print(line: string): void
  /** What is wrong. */
  complain(line: string): void
}

/** The outcome of a command whose input is at fault. */
export function failure(problems: readonly Problem[]): Outcome {
  return {
    exitCode: EXIT.failed,
    text: problems.map(formatProblem).join('\n'),
    json: { problems },
  }
}

/** Says how something has ended. Programs find everything in one place. */
export function report({ exitCode, text, json }: Outcome, asJson: boolean, output: Output): void {
  if (asJson) output.print(JSON.stringify(json))
  else if (exitCode === EXIT.done) output.print(text)
  else output.complain(text)
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
