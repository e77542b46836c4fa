// A throw-away directory with this repository's tools and chosen files, for tests that break things.

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

/** A directory of its own, outside the repository, removed when the test that made it ends. */
export interface Workshop {
  readonly path: string
  /** Copies files or folders of the repository, at the same paths. */
  copy(...paths: string[]): Promise<void>
  /** Writes files by path, replacing those that are there. */
  write(files: Record<string, string>): Promise<void>
  remove(path: string): Promise<void>
  /** Runs a program; those of the repository's node_modules come first. */
  run(command: string, ...args: string[]): Promise<Outcome>
}

export async function openWorkshop(): Promise<Workshop> {
  const path = await mkdtemp(join(tmpdir(), 'atproto-ts-'))
  onTestFinished(() => rm(path, { recursive: true }))
  await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'))
  return {
    path,
    async copy(...paths) {
      for (const file of paths) await cp(join(ROOT, file), join(path, file), { recursive: true })
    },
    async write(files) {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, file)), { recursive: true })
        await writeFile(join(path, file), text)
      }
    },
    remove: (file) => rm(join(path, file)),
    run: (command, ...args) => run(path, command, args),
  }
}

function run(cwd: string, command: string, args: string[]): Promise<Outcome> {
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
