// Eyes on folders.

import { statSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

/**
 * Watches `.json` files among paths, which need not be there yet, and in the folders among them.
 *
 * There is one watcher for each folder: those of Node that look into subfolders lose files that are
 * replaced by others of the same name, which is how editors write.
 */
export class FolderWatchers {
  readonly #roots: readonly string[]
  readonly #except: string | undefined
  readonly #onChange: () => void
  readonly #watchers = new Map<string, FSWatcher>()

  /** @param except A file that does not count. */
  constructor(paths: readonly string[], except: string | undefined, onChange: () => void) {
    this.#roots = paths.map((path) => resolve(path))
    this.#except = except === undefined ? undefined : resolve(except)
    this.#onChange = onChange
  }

  /**
   * Watches the folders that there are by now. What changes after it has begun is noticed; a folder
   * that is new is looked into by the next call.
   */
  async update(): Promise<void> {
    for (const folder of this.#watchers.keys()) if (!isFolder(folder)) this.#drop(folder)
    for (const root of this.#roots) {
      // Where a root appears that is not there, and where a single file is replaced.
      if (isFolder(dirname(root))) this.#watch(dirname(root))
      // A folder that vanishes meanwhile is noticed as a change.
      if (isFolder(root)) await this.#watchTree(root).catch(this.#onChange)
    }
  }

  /** Ends it. */
  close(): void {
    for (const folder of this.#watchers.keys()) this.#drop(folder)
  }

  async #watchTree(folder: string): Promise<void> {
    // Before it is read, so that a folder that is made meanwhile is noticed.
    this.#watch(folder)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await this.#watchTree(join(folder, entry.name))
    }
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return
    const watcher = watch(folder, (event, name) => {
      // Some systems do not say what it was.
      if (name !== null) {
        const path = join(folder, name)
        if (!this.#isRelevant(path)) return
        // It may be another folder of the same name by now.
        if (event === 'rename') this.#dropTree(path)
      }
      this.#onChange()
    })
    watcher.on('error', () => {
      this.#drop(folder)
      this.#onChange()
    })
    this.#watchers.set(folder, watcher)
  }

  #isRelevant(path: string): boolean {
    const isInside = this.#roots.some((root) => path === root || path.startsWith(root + sep))
    if (!isInside || path === this.#except) return false
    return path.endsWith('.json') || this.#watchers.has(path) || isFolder(path)
  }

  #dropTree(path: string): void {
    for (const folder of this.#watchers.keys()) {
      if (folder === path || folder.startsWith(path + sep)) this.#drop(folder)
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
