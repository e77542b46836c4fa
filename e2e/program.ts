// A program of examples/, in a process of its own, as a person starts it.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const EXAMPLES = join(import.meta.dirname, '..', 'examples')

/** How a program ended, and what it wrote. */
export interface Outcome {
  code: number | null
  signal: NodeJS.Signals | null
  lines: readonly string[]
  /** What it wrote on the standard error output. */
  errors: string
}

/** A program that runs, or ran. */
export class Program implements AsyncDisposable {
  /** The lines on its standard output so far. */
  readonly lines: string[] = []
  /** How it ends. */
  readonly ended: Promise<Outcome>
  readonly #child: ChildProcess
  readonly #watchers = new Set<() => void>()
  #isEnded = false

  /**
   * Starts a program of examples/.
   *
   * @param name of its file, without `.ts`.
   * @param env what is set besides the variables of this process.
   */
  constructor(name: string, args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(EXAMPLES, `${name}.ts`), ...args],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    this.#child = child
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    createInterface(child.stdout).on('line', (line) => {
      this.lines.push(line)
      this.#tell()
    })
    this.ended = once(child, 'close').then(([code, signal]) => {
      this.#isEnded = true
      this.#tell()
      return { code, signal, lines: this.lines, errors }
    })
  }

  /**
   * Resolves when it has printed such a line, or as many lines.
   *
   * @throws {Error} with what it wrote, where it ends without that.
   */
  async printed(what: string | RegExp | number): Promise<void> {
    const isThere = () => {
      if (typeof what === 'number') return this.lines.length >= what
      return this.lines.some((line) => (what instanceof RegExp ? what.test(line) : line === what))
    }
    while (!isThere()) {
      if (this.#isEnded) {
        const { code, lines, errors } = await this.ended
        const output = `${lines.join('\n')}\n${errors}`
        throw new Error(`It ended with ${code} and did not print ${String(what)}:\n${output}`)
      }
      await this.#change()
    }
  }

  /** Asks it to end, as by Ctrl-C, and waits for that. */
  stop(): Promise<Outcome> {
    this.#child.kill('SIGINT')
    return this.ended
  }

  /** Ends it on the spot, whatever it is at. */
  kill(): Promise<Outcome> {
    this.#child.kill('SIGKILL')
    return this.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.add(resolve)
    })
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher()
    this.#watchers.clear()
  }
}
