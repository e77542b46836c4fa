// Puts generated files into a folder, touching only what differs: a build that watches times of
// modification has nothing to do where nothing changed.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GENERATED } from './file.ts'

/** What a run did to the folder, as file names. */
export interface WriteResult {
  written: string[]
  deleted: string[]
  unchanged: number
}

/** How a folder differs from what it should hold, as file names in their order. */
export interface FolderDifference {
  /** Not there. */
  missing: string[]
  /** There, with another text. */
  changed: string[]
  /** Generated at some time, and nothing accounts for it any more. */
  stale: string[]
  unchanged: number
}

/**
 * Makes a folder hold the given files. Generated files that are no longer among them are deleted;
 * files of any other making stay.
 *
 * @throws Error where a file of any other making has the name of a given one; nothing is written
 *   then. Also on failures of the file system.
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<WriteResult> {
  await mkdir(folder, { recursive: true })
  const present = await readTypeScript(folder)
  for (const [name, text] of present) {
    if (files.has(name) && !text.startsWith(GENERATED)) {
      const path = join(folder, name)
      throw new Error(`${path} is not a generated file: move it, or choose another folder`)
    }
  }
  const { missing, changed, stale, unchanged } = compare(present, files)
  const written = [...missing, ...changed].toSorted()
  await Promise.all([
    ...written.map(async (name) => writeFile(join(folder, name), files.get(name) ?? '')),
    ...stale.map(async (name) => rm(join(folder, name))),
  ])
  return { written, deleted: stale, unchanged }
}

/** Says what {@link writeFiles} would do, and does nothing. A folder that is not there is empty. */
export async function compareFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<FolderDifference> {
  return compare(await readTypeScript(folder), files)
}

/** Writes a file, and its folder, where its text differs. @returns Whether it did */
export async function writeChanged(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return true
}

function compare(
  present: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
): FolderDifference {
  const names = [...files.keys()].toSorted()
  const missing = names.filter((name) => !present.has(name))
  const changed = names.filter((name) => present.has(name) && present.get(name) !== files.get(name))
  const stale = [...present.keys()].filter(
    (name) => !files.has(name) && present.get(name)?.startsWith(GENERATED),
  )
  const unchanged = names.length - missing.length - changed.length
  return { missing, changed, stale: stale.toSorted(), unchanged }
}

/** The text of each TypeScript file in a folder, by name. */
async function readTypeScript(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  return new Map(
    await Promise.all(
      names.map(
        async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as [string, string],
      ),
    ),
  )
}
