// The cursor of a subscription, and its way into the store.

import type { CursorStore } from './cursor-store.ts'

/** Holds a cursor, and saves it at most so often. */
export class CursorKeeper {
  /** The place up to which the program is done with everything. */
  cursor: number | undefined
  readonly #store: CursorStore | undefined
  readonly #interval: number
  readonly #onError: (error: unknown) => void
  #saved: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> = Promise.resolve()

  /**
   * @param cursor Where to begin where the store does not know.
   * @param interval In milliseconds.
   * @param onError Is told when a cursor could not be saved.
   */
  constructor(
    cursor: number | undefined,
    store: CursorStore | undefined,
    interval: number,
    onError: (error: unknown) => void,
  ) {
    this.cursor = cursor
    this.#store = store
    this.#interval = interval
    this.#onError = onError
  }

  /** Takes up what the store has. */
  async load(): Promise<void> {
    this.#saved = await this.#store?.load()
    this.cursor = this.#saved ?? this.cursor
  }

  /** Moves the cursor. */
  move(cursor: number): void {
    this.cursor = cursor
    if (this.#store) this.#timer ??= setTimeout(() => void this.save(), this.#interval)
  }

  /** Saves the cursor now, unless it is saved already. One save follows the other. */
  save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#saving = this.#saveAfter(this.#saving)
    return this.#saving
  }

  async #saveAfter(earlier: Promise<void>): Promise<void> {
    await earlier
    const { cursor } = this
    if (cursor === undefined || cursor === this.#saved) return
    try {
      await this.#store?.save(cursor)
      this.#saved = cursor
    } catch (error) {
      this.#onError(error)
    }
  }
}
