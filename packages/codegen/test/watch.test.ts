// The command when it watches: each step waits for what the step before it brings about.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { CLI, inFolder } from './tools.ts'

/** What the command says of one run. */
interface Run {
  written?: string[]
  deleted?: string[]
  problems?: { file?: string; message: string }[]
}

/** The command at work in a folder. */
class Watching {
  readonly child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(cwd: string, ...args: string[]) {
    this.child = spawn(process.execPath, [...CLI, ...args, '--watch'], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#lines = createInterface(this.child.stdout!)[Symbol.asyncIterator]()
  }

  async line(): Promise<string | undefined> {
    const { value } = await this.#lines.next()
    return value as string | undefined
  }

  /** The next run that changes something or fails: a change may be noticed in two steps. */
  async run(): Promise<Run> {
    for (;;) {
      const run = JSON.parse((await this.line()) ?? '{}') as Run
      if (run.problems || !run.written || run.written.length + (run.deleted?.length ?? 0) > 0) {
        return run
      }
    }
  }

  /** Ends it as a person would. @returns How it ended */
  async interrupt(): Promise<unknown[]> {
    this.child.kill('SIGINT')
    return once(this.child, 'exit')
  }
}

async function watching(
  files: Record<string, string>,
  args: string[],
  action: (watching: Watching, folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(new Map(), async (folder) => {
    await mkdir(join(folder, 'lexicons'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const command = new Watching(folder, ...args)
    try {
      await action(command, folder)
    } finally {
      command.child.kill('SIGKILL')
    }
  })
}

/** Puts a file in its place in one step, as editors do: nobody sees half of it. */
async function put(folder: string, path: string, text: string): Promise<void> {
  await writeFile(join(folder, 'unfinished'), text)
  await rename(join(folder, 'unfinished'), join(folder, path))
}

const ARGS = ['lexicons', '--out', 'out', '--json']

function document(id: string, description = ''): string {
  return JSON.stringify({ lexicon: 1, id, defs: { main: { type: 'token', description } } })
}

describe('the command that watches', () => {
  it('writes what has changed, been added, replaced, moved or deleted', async () => {
    const files = { 'lexicons/a.json': document('com.example.a') }
    await watching(files, ARGS, async (command, folder) => {
      expect(await command.run()).toMatchObject({ written: ['com.example.a.ts'] })

      await put(folder, 'lexicons/a.json', document('com.example.a', 'Changed.'))
      expect(await command.run()).toMatchObject({ written: ['com.example.a.ts'] })

      await put(folder, 'lexicons/a.json', document('com.example.a', 'Again.'))
      expect(await command.run()).toMatchObject({ written: ['com.example.a.ts'] })

      await mkdir(join(folder, 'lexicons/deep/er'), { recursive: true })
      await put(folder, 'lexicons/deep/er/b.json', document('com.example.b'))
      expect(await command.run()).toMatchObject({ written: ['com.example.b.ts'] })

      await put(folder, 'lexicons/deep/er/b.json', document('com.example.b', 'Too.'))
      expect(await command.run()).toMatchObject({ written: ['com.example.b.ts'] })

      await rename(join(folder, 'lexicons/deep'), join(folder, 'elsewhere'))
      expect(await command.run()).toMatchObject({ deleted: ['com.example.b.ts'] })

      await rename(join(folder, 'elsewhere'), join(folder, 'lexicons/deep'))
      expect(await command.run()).toMatchObject({ written: ['com.example.b.ts'] })

      await rm(join(folder, 'lexicons/a.json'))
      expect(await command.run()).toMatchObject({ deleted: ['com.example.a.ts'] })
      expect(await readdir(join(folder, 'out'))).toEqual(['com.example.b.ts'])
    })
  })

  it('shows what is wrong, and goes on when it is right again', async () => {
    const files = { 'lexicons/a.json': '{' }
    await watching(files, ARGS, async (command, folder) => {
      expect((await command.run()).problems).toMatchObject([{ file: 'lexicons/a.json', line: 1 }])
      await put(folder, 'lexicons/a.json', document('com.example.a'))
      expect(await command.run()).toMatchObject({ written: ['com.example.a.ts'] })

      await rm(join(folder, 'lexicons'), { recursive: true })
      expect((await command.run()).problems).toHaveLength(1)
      await mkdir(join(folder, 'lexicons'))
      await put(folder, 'lexicons/b.json', document('com.example.b'))
      let run = await command.run()
      while (run.problems) run = await command.run()
      expect(run).toMatchObject({ written: ['com.example.b.ts'], deleted: ['com.example.a.ts'] })
    })
  })

  it('watches a single file, and says so to people', async () => {
    const files = { 'a.json': document('com.example.a'), 'b.json': document('com.example.b') }
    await watching(files, ['a.json', '--out', 'out'], async (command, folder) => {
      expect(await command.line()).toBe('out: 1 written, 0 deleted, 0 unchanged')
      expect(await command.line()).toBe('Watching a.json. Ctrl+C ends it.')
      await put(folder, 'b.json', document('com.example.b', 'Not watched.'))
      await put(folder, 'a.json', document('com.example.c'))
      expect(await command.line()).toBe('out: 1 written, 1 deleted, 0 unchanged')
    })
  })

  it('does not take what it writes itself for a change', async () => {
    const files = { 'lexicons/a.json': document('com.example.a') }
    const args = [...ARGS, '--manifest', 'lexicons/manifest.json']
    await watching(files, args, async (command, folder) => {
      expect(await command.line()).toContain('"written":["com.example.a.ts"]')
      await put(folder, 'lexicons/a.json', document('com.example.a', 'Changed.'))
      expect(await command.line()).toContain('"written":["com.example.a.ts"]')
      await put(folder, 'lexicons/b.json', document('com.example.b'))
      expect(await command.line()).toContain('"written":["com.example.b.ts"]')
    })
  })

  it('ends when it is interrupted, with success', async () => {
    const files = { 'lexicons/a.json': document('com.example.a') }
    await watching(files, ARGS, async (command) => {
      await command.run()
      expect(await command.interrupt()).toEqual([0, null])
    })
  })
})
