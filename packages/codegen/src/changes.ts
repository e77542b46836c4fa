// When documents change.

import { setTimeout } from 'node:timers/promises'
import { FolderWatchers } from './folder-watchers.ts'

/** How long nothing may have happened, in milliseconds: editors write a file in several steps. */
const QUIET = 50

/**
 * Yields once at the beginning, and then whenever documents have changed among the given paths, once
 * for changes that follow one another closely. What changes while the caller is busy is not lost.
 *
 * @param paths Files and folders. They need not be there yet.
 * @param signal Ends it.
 * @param except A file among them that is no document.
 */
export async function* changes(
  paths: readonly string[],
  signal: AbortSignal,
  except?: string,
): AsyncGenerator<void, void, undefined> {
  let hasChanged = false
  let wake: (() => void) | undefined
  const onChange = (): void => {
    hasChanged = true
    wake?.()
  }
  const watchers = new FolderWatchers(paths, except, onChange)
  signal.addEventListener('abort', onChange)
  try {
    while (!signal.aborted) {
      hasChanged = false
      await watchers.update()
      yield
      if (!hasChanged) await new Promise<void>((settle) => (wake = settle))
      do {
        hasChanged = false
        await setTimeout(QUIET, undefined, { signal }).catch(() => {})
      } while (hasChanged && !signal.aborted)
    }
  } finally {
    watchers.close()
  }
}
