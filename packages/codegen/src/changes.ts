// When documents change.

import { statSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { setTimeout } from 'node:timers/promises'

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
  const roots = paths.map((path) => resolve(path))
  const ignored = except === undefined ? undefined : resolve(except)
  const watchers = new Map<string, FSWatcher>()
  let hasChanged = false
  let wake: (() => void) | undefined
  const onChange = (): void => {
    hasChanged = true
    wake?.()
  }

  const isRelevant = (path: string): boolean => {
    if (path === ignored) return false
    if (!roots.some((root) => path === root || path.startsWith(root + sep))) return false
    if (path.endsWith('.json') || watchers.has(path)) return true
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  }
  const drop = (folder: string): void => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  const dropTree = (path: string): void => {
    for (const folder of watchers.keys()) {
      if (folder === path || folder.startsWith(path + sep)) drop(folder)
    }
  }
  // One watcher for each folder: those that look into subfolders lose files that are replaced by
  // others of the same name, which is how editors write.
  const watchFolder = (folder: string): void => {
    if (watchers.has(folder)) return
    const watcher = watch(folder, (event, name) => {
      const path = name === null ? undefined : join(folder, name)
      if (path !== undefined && !isRelevant(path)) return
      // It may be another folder of the same name by now.
      if (path !== undefined && event === 'rename') dropTree(path)
      onChange()
    })
    watcher.on('error', () => {
      drop(folder)
      onChange()
    })
    watchers.set(folder, watcher)
  }
  const watchAll = async (): Promise<void> => {
    for (const folder of watchers.keys()) if (!isFolder(folder)) drop(folder)
    const visit = async (folder: string): Promise<void> => {
      // Before it is read, so that a folder that is made meanwhile is noticed.
      watchFolder(folder)
      const entries = await readdir(folder, { withFileTypes: true })
      for (const entry of entries) if (entry.isDirectory()) await visit(join(folder, entry.name))
    }
    for (const root of roots) {
      if (isFolder(dirname(root))) watchFolder(dirname(root))
      // What vanishes meanwhile is noticed as a change.
      if (isFolder(root)) await visit(root).catch(onChange)
    }
  }

  signal.addEventListener('abort', onChange)
  try {
    while (!signal.aborted) {
      hasChanged = false
      await watchAll()
      yield
      if (!hasChanged) await new Promise<void>((settle) => (wake = settle))
      do {
        hasChanged = false
        await setTimeout(QUIET, undefined, { signal }).catch(() => {})
      } while (hasChanged && !signal.aborted)
    }
  } finally {
    for (const folder of watchers.keys()) drop(folder)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
