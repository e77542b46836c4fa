// A project of somebody else's: outside this repository, with the packages as npm would publish them.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const ROOT: string = dirname(import.meta.dirname)

/** How a program has ended, and what it said. */
export interface Ending {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A folder of its own, with packages of this repository installed, for several projects. */
export class Consumer implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Packs packages as they are built, and installs them without a network.
   *
   * @param packages Names of folders in `packages`.
   */
  static async install(...packages: string[]): Promise<Consumer> {
    const folder = await mkdtemp(join(tmpdir(), 'atproto-ts-consumer-'))
    const consumer = new Consumer(folder)
    try {
      const manifest = { name: 'consumer', type: 'module', private: true }
      await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
      const tarballs: string[] = []
      for (const name of packages) {
        const source = join(ROOT, 'packages', name)
        const packed = await run([], source, 'npm', 'pack', '--json', '--pack-destination', folder)
        if (packed.exitCode !== 0) throw new Error(packed.stderr)
        const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }]
        tarballs.push(`./${filename}`)
      }
      const flags = ['--offline', '--no-audit', '--no-fund']
      const installed = await run([], folder, 'npm', 'install', ...flags, ...tarballs)
      if (installed.exitCode !== 0) throw new Error(installed.stderr)
      return consumer
    } catch (error) {
      await consumer[Symbol.asyncDispose]()
      throw error
    }
  }

  /** An empty project that finds what is installed. */
  async open(name: string): Promise<Project> {
    const folder = join(this.#folder, name)
    await mkdir(folder)
    return new Project(folder, join(this.#folder, 'node_modules', '.bin'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true })
  }
}

/** A project of a {@link Consumer}. */
export class Project {
  readonly #folder: string
  readonly #programs: string

  constructor(folder: string, programs: string) {
    this.#folder = folder
    this.#programs = programs
  }

  /** Writes files by path. */
  async write(files: Record<string, string>): Promise<void> {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.#folder, file)), { recursive: true })
      await writeFile(join(this.#folder, file), text)
    }
  }

  async read(file: string): Promise<string> {
    return readFile(join(this.#folder, file), 'utf8')
  }

  /** Runs a program: those that are installed come first, then those of this repository. */
  async run(command: string, ...args: string[]): Promise<Ending> {
    const programs = [this.#programs, join(ROOT, 'node_modules', '.bin')]
    return run(programs, this.#folder, command, ...args)
  }
}

async function run(
  programs: string[],
  cwd: string,
  command: string,
  ...args: string[]
): Promise<Ending> {
  const PATH = [...programs, dirname(process.execPath), process.env['PATH']].join(delimiter)
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, PATH, NO_COLOR: '1' } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', fail)
    child.on('close', (exitCode) => settle({ exitCode, stdout, stderr }))
  })
}
