// Programs of their own process, for what a process does as a whole.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SOURCES = new URL('../../../../scripts/sources.ts', import.meta.url).href

/** Starts a program of the folder beside, with some arguments. */
export function startProgram(name: string, args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url))
  return fork(file, args, { execArgv: ['--expose-gc', '--no-warnings', '--import', SOURCES] })
}

/** Runs a program to its end; what it told last. Nobody but itself ends it. */
export async function runProgram(name: string, args: readonly string[]): Promise<unknown> {
  const program = startProgram(name, args)
  let told: unknown
  program.on('message', (message) => {
    told = message
    // The channel alone would keep it alive.
    program.disconnect()
  })
  const [code] = (await once(program, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The program ended with ${code}`)
  return told
}
