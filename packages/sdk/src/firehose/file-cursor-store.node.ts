// Keeps a cursor in a file.
import { promises as files } from 'node:fs'

import type { CursorStore } from './cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'

/**
 * Keeps the cursor of one subscription in a file, which is replaced as a whole: whenever the program or
 * the machine stops, it has one of the cursors that were saved. One program may use it at a time.
 *
 * It needs the file system of Node, Deno or Bun; elsewhere its constructor throws a TypeError.
 */
export class FileCursorStore implements CursorStore {
  readonly #path: string

  /** @param path Of the file. Its folder must exist; the file need not. */
  constructor(path: string) {
    this.#path = path
  }

  /**
   * The cursor in the file, or undefined where there is no file.
   *
   * @throws {FirehoseError} `invalid-cursor` where there is something else in it.
   * @throws what the file system throws.
   */
  async load(): Promise<number | undefined> {
    const text = await this.#read()
    if (text === undefined) return undefined
    if (/^\d{1,16}\n?$/.test(text)) return Number(text)
    throw new FirehoseError(`There is no cursor in ${this.#path}`, { code: 'invalid-cursor' })
  }

  /** Writes a cursor beside the file, and puts it in its place once it is on the disk. */
  async save(cursor: number): Promise<void> {
    const draft = `${this.#path}.tmp`
    await files.writeFile(draft, `${cursor}\n`, { flush: true })
    await files.rename(draft, this.#path)
  }

  async #read(): Promise<string | undefined> {
    try {
      return await files.readFile(this.#path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}
