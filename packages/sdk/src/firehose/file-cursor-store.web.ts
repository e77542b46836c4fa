// What stands for the file store where there are no files.

import type { CursorStore } from './cursor-store.ts'

/** Keeps a cursor in a file, where there are files: not here. */
export class FileCursorStore implements CursorStore {
  declare readonly load: () => Promise<number | undefined>
  declare readonly save: (cursor: number) => Promise<void>

  /** @throws TypeError always. */
  constructor(_path: string) {
    throw new TypeError('There are no files here: keep the cursor in a store of your own')
  }
}
