// Puts generated files into a folder, touching only what differs: a build that watches times of
// modification has nothing to do where nothing changed.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GENERATED } from './file.ts'

/** What a run did to the folder, as file names. */
export interface WriteResult {
  written: string[]
  deleted: string[]
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
  const written = [...files.keys()].filter((name) => files.get(name) !== present.get(name))
  const deleted = [...present.keys()].filter(
    (name) => !files.has(name) && present.get(name)?.startsWith(GENERATED),
  )
  await Promise.all([
    ...written.map(async (name) => writeFile(join(folder, name), files.get(name) ?? '')),
    ...deleted.map(async (name) => rm(join(folder, name))),
  ])
  return {
    written: written.toSorted(),
    deleted: deleted.toSorted(),
    unchanged: files.size - written.length,
  }
}

/** The text of each TypeScript file in a folder, by name. */
async function readTypeScript(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  return new Map(
    await Promise.all(
      names.map(
        async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as [string, string],
      ),
    ),
  )
}
