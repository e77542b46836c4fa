// Carries out a command line.

import { changes } from '../changes.ts'
import { problemsOf } from '../problem.ts'
import { breaking } from './breaking-command.ts'
import { check } from './check-command.ts'
import { MisuseError, parseCommand } from './command-line.ts'
import type { BreakingCommand, CheckCommand, GenerateCommand } from './command-line.ts'
import { generateOnce } from './generate-command.ts'
import { EXIT, failure, report } from './outcome.ts'
import type { Outcome, Output } from './outcome.ts'

/**
 * Carries out what a command line asks for.
 *
 * @param interrupted Gives a signal that ends a command which does not end by itself; only such a
 *   command asks for it.
 * @returns The exit code.
 */
export async function run(
  args: readonly string[],
  output: Output,
  interrupted: () => AbortSignal,
): Promise<number> {
  let parsed: ReturnType<typeof parseCommand>
  try {
    parsed = parseCommand(args)
  } catch (error) {
    if (!(error instanceof MisuseError)) throw error
    output.complain(`${error.message}\n\n${error.usage}`)
    return EXIT.misused
  }
  const { command, json } = parsed
  if (command.name === 'help') {
    output.print(command.text)
    return EXIT.done
  }
  if (command.name === 'generate' && command.watch) {
    const paths = command.paths.join(', ')
    const signal = interrupted()
    let isFirst = true
    for await (const _ of changes(command.paths, signal, command.manifest)) {
      report(await carryOut(command), json, output)
      if (isFirst && !json) output.print(`Watching ${paths}. Ctrl+C ends it.`)
      isFirst = false
    }
    return EXIT.done
  }
  const outcome = await carryOut(command)
  report(outcome, json, output)
  return outcome.exitCode
}

async function carryOut(
  command: GenerateCommand | CheckCommand | BreakingCommand,
): Promise<Outcome> {
  try {
    if (command.name === 'generate') return await generateOnce(command)
    return await (command.name === 'check' ? check(command) : breaking(command))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return failure(problemsOf(error, []))
  }
}
