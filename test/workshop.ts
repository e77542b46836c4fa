// A throw-away directory, with files of this repository as they are or broken on purpose.

import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** The root of this repository. */
export const ROOT: string = dirname(import.meta.dirname)

/** What a program said and how it ended. */
export interface Outcome {
  exitCode: number | null
  /** What it wrote to both its streams. */
  output: string
}

/** A directory of its own, outside the repository. */
export interface Workshop {
  readonly path: string
  /** Copies files or folders of the repository, at the same paths. */
  copy(...paths: string[]): Promise<void>
  /** Lets files here import what this repository has installed. */
  linkModules(): Promise<void>
  /** Writes files by path, replacing those that are there. */
  write(files: Record<string, string>): Promise<void>
  /** Runs a program in this directory; those of the repository's node_modules come first. */
  run(command: string, ...args: string[]): Promise<Outcome>
}

/**
 * Makes a workshop that lasts as long as the test that calls this, or until what `atEnd` says: a file
 * of tests that share one gives `afterAll`.
 */
export async function openWorkshop(
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<Workshop> {
  const path = await mkdtemp(join(tmpdir(), 'atproto-ts-'))
  atEnd(() => rm(path, { recursive: true }))
  return {
    path,
    async copy(...paths) {
      for (const file of paths) await cp(join(ROOT, file), join(path, file), { recursive: true })
    },
    linkModules: () => symlink(join(ROOT, 'node_modules'), join(path, 'node_modules')),
    async write(files) {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, file)), { recursive: true })
        await writeFile(join(path, file), text)
      }
    },
    run: (command, ...args) => run(path, command, args),
  }
}

/** Runs a program in a directory; those of the repository's node_modules come first. */
export function run(cwd: string, command: string, args: string[]): Promise<Outcome> {
  const binaries = join(ROOT, 'node_modules', '.bin')
  const PATH = `${binaries}${delimiter}${process.env['PATH']}`
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, PATH, NO_COLOR: '1' } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })
}
