// Puts generated files before the compiler and the formatter, in a folder of their own.

import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = resolve(import.meta.dirname, '../../..')

/** How Node runs the command as it is in the sources, before there is a build. */
export const CLI: readonly string[] = [
  '--import',
  pathToFileURL(join(ROOT, 'scripts/sources.ts')).href,
  join(ROOT, 'packages/codegen/src/cli.ts'),
]
const SDK = join(ROOT, 'packages/sdk')

// The flags of this house, and the SDK under the names that a program imports it by.
const TSCONFIG = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    composite: false,
    noEmit: true,
    paths: {
      'atproto.ts/lexicons/*': [join(SDK, 'lexicons/*.ts')],
      'atproto.ts/*': [join(SDK, 'src/*/index.ts')],
    },
  },
  include: ['*.ts'],
}

const EXPECT = `
export type Expect<T extends true> = T
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
export type Accepts<Target, Value> = Value extends Target ? true : false
`

/**
 * Compiles generated files together with a program that uses them.
 *
 * @param program May import `Expect`, `Equal` and `Accepts` from `./expect.js`.
 * @returns What the compiler has to say about them, nothing where all is well.
 */
export async function compile(
  files: ReadonlyMap<string, string>,
  program = 'export {}',
): Promise<string[]> {
  return inFolder(files, async (folder) => {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    await writeFile(join(folder, 'expect.ts'), EXPECT)
    await writeFile(join(folder, 'program.ts'), program)
    const lines = await run(folder, 'tsc', '--pretty', 'false')
    // What is outside the folder is the SDK's own, which `npm run check` looks after.
    return lines.filter((line) => /error TS/.test(line) && !line.startsWith('..'))
  })
}

/** The names of the files that the formatter would change. */
export async function misformatted(files: ReadonlyMap<string, string>): Promise<string[]> {
  return inFolder(files, async (folder) => {
    await copyFile(join(ROOT, '.oxfmtrc.json'), join(folder, '.oxfmtrc.json'))
    const lines = await run(folder, 'oxfmt', '--list-different', '.')
    return lines.filter((line) => line.endsWith('.ts'))
  })
}

/** Gives an action a folder with the files in it, which is gone afterwards. */
export async function inFolder<Result>(
  files: ReadonlyMap<string, string>,
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'atproto-ts-codegen-'))
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)))
    return await action(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What a program said and how it ended. */
export interface Outcome {
  /** The exit code; `null` where it did not come to that. */
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a program in a folder. */
export async function execute(cwd: string, program: string, ...args: string[]): Promise<Outcome> {
  return new Promise((settle) => {
    const child = execFile(program, args, { cwd }, (_, stdout, stderr) => {
      settle({ code: child.exitCode, stdout, stderr })
    })
  })
}

/** The lines that one of the repository's tools prints; how it exits says no more. */
async function run(cwd: string, tool: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await execute(
    cwd,
    join(ROOT, 'node_modules/.bin', tool),
    ...args,
  )
  if (code === null) throw new Error(`${tool} did not run to its end: ${stderr}`)
  return (stdout + stderr).split('\n')
}
