// The cursor of a subscription, and its way into the store.

import type { CursorStore } from './cursor-store.ts'

/** Where a subscription begins, and where that is kept. */
export interface CursorOptions {
  /**
   * Where to begin: after the event with this number; 0 is the oldest event that the service still
   * has. Without one, with the next event that happens. What the store has goes first.
   */
  cursor?: number | undefined
  /** Where the cursor is kept from one run to the next. */
  cursorStore?: CursorStore | undefined
  /** At most so often the cursor is stored, in milliseconds; and once more at the end. @default 5_000 */
  saveInterval?: number | undefined
}

/** Holds a cursor, and saves it at most so often. */
export class CursorKeeper {
  /** The place up to which the program is done with everything. */
  cursor: number | undefined
  readonly #options: CursorOptions
  readonly #onError: (error: unknown) => void
  #saved: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> | undefined

  /**
   * @param onError Is told when the cursor could not be saved.
   * @throws RangeError where the cursor is none.
   */
  constructor(options: CursorOptions, onError: (error: unknown) => void) {
    const { cursor } = options
    if (cursor !== undefined && !(cursor >= 0)) throw new RangeError(`No cursor: ${cursor}`)
    this.cursor = this.#saved = cursor
    this.#options = options
    this.#onError = onError
  }

  /** Takes up what the store has. */
  async load(): Promise<void> {
    const { cursorStore, cursor } = this.#options
    this.cursor = this.#saved = (await cursorStore?.load()) ?? cursor
  }

  /** Moves the cursor. */
  move(cursor: number): void {
    const { cursorStore, saveInterval = 5_000 } = this.#options
    this.cursor = cursor
    if (cursorStore) this.#timer ??= setTimeout(() => void this.save(), saveInterval)
  }

  /** Saves the cursor now, unless it is saved already. One save follows the other. */
  save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#saving = this.#saveAfter(this.#saving)
    return this.#saving
  }

  async #saveAfter(earlier: Promise<void> | undefined): Promise<void> {
    await earlier
    const { cursor } = this
    if (cursor === undefined || cursor === this.#saved) return
    try {
      await this.#options.cursorStore?.save(cursor)
      this.#saved = cursor
    } catch (error) {
      this.#onError(error)
    }
  }
}
