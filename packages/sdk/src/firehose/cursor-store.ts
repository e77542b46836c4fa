// Where a subscription keeps its cursor from one run of a program to the next.

/** Keeps the cursor of one stream. Cursors mean nothing to another service than the one they are of. */
export interface CursorStore {
  /** The cursor that was saved last, or undefined where there is none. */
  load(): number | undefined | Promise<number | undefined>
  /** Keeps a cursor in place of the one before. */
  save(cursor: number): void | Promise<void>
}

/** Keeps a cursor for as long as the program runs, such as for one subscription after another. */
export class MemoryCursorStore implements CursorStore {
  #cursor: number | undefined

  /** The cursor that was saved last. */
  load(): number | undefined {
    return this.#cursor
  }

  /** Keeps a cursor. */
  save(cursor: number): void {
    this.#cursor = cursor
  }
}
