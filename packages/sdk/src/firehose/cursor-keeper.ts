// The cursor of a subscription, and its way into the store.

import type { CursorStore } from './cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'

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
export interface CursorKeeper {
  /** The place up to which the program is done with everything. */
  readonly cursor: number | undefined
  /**
   * Takes up what the store has.
   *
   * @throws {FirehoseError} `invalid-cursor` where that is none; and what the store throws.
   */
  load(): Promise<void>
  /** Moves the cursor. */
  readonly move: (cursor: number) => void
  /** Saves the cursor now, unless it is saved already. One save follows the other. */
  save(): Promise<void>
}

/**
 * Makes a keeper.
 *
 * @param isCursor Whether an integer can be a cursor of the stream. Others never are.
 * @param onError Is told when the cursor could not be saved.
 * @throws RangeError where the cursor of the options is none.
 */
export function createCursorKeeper(
  { cursor, cursorStore, saveInterval = 5_000 }: CursorOptions,
  isCursor: (cursor: number) => boolean,
  onError: (error: unknown) => void,
): CursorKeeper {
  const refusal = `No cursor of this stream: `
  const isPlace = (place: number): boolean => Number.isSafeInteger(place) && isCursor(place)
  if (cursor !== undefined && !isPlace(cursor)) throw new RangeError(refusal + cursor)
  let saved = cursor
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined

  const saveAfter = async (earlier: Promise<void> | undefined): Promise<void> => {
    await earlier
    const { cursor: place } = keeper
    if (place === undefined || place === saved) return
    try {
      await cursorStore?.save(place)
      saved = place
    } catch (error) {
      onError(error)
    }
  }

  const save = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    saving = saveAfter(saving)
    return saving
  }

  const keeper = {
    cursor,
    async load() {
      const stored = await cursorStore?.load()
      if (stored === undefined) return
      if (!isPlace(stored)) throw new FirehoseError(refusal + stored, { code: 'invalid-cursor' })
      keeper.cursor = saved = stored
    },
    move(place: number) {
      keeper.cursor = place
      if (cursorStore) timer ??= setTimeout(() => void save(), saveInterval)
    },
    save,
  }
  return keeper
}
