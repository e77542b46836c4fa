// Keeps a cursor in a file.
import { readText, replaceText } from '#files'

import type { CursorStore } from './cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'

/**
 * Keeps the cursor of one subscription in a file, which is replaced as a whole: whenever the program or
 * the machine stops, it has one of the cursors that were saved. One program may use it at a time. It
 * needs the file system of Node, Deno or Bun.
 */
export class FileCursorStore implements CursorStore {
  readonly #path: string

  /**
   * @param path Of the file. Its folder must exist; the file need not.
   * @throws TypeError where there are no files.
   */
  constructor(path: string) {
    if (!readText) throw new TypeError('There are no files here: use a store of your own')
    this.#path = path
  }

  /**
   * The cursor in the file, or undefined where there is no file.
   *
   * @throws {FirehoseError} `invalid-cursor` where there is something else in it.
   * @throws what the file system throws.
   */
  async load(): Promise<number | undefined> {
    const text = await readText?.(this.#path)
    if (text === undefined) return undefined
    if (/^\d{1,16}\n?$/.test(text)) return Number(text)
    throw new FirehoseError(`There is no cursor in ${this.#path}`, { code: 'invalid-cursor' })
  }

  /** @throws what the file system throws. */
  async save(cursor: number): Promise<void> {
    await replaceText?.(this.#path, `${cursor}\n`)
  }
}
