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
 * @throws Error where a file of any other making stands in the way, and on failures of the file system
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<WriteResult> {
  await mkdir(folder, { recursive: true })
  const result: WriteResult = { written: [], deleted: [], unchanged: 0 }
  const present = new Set(await readdir(folder))
  await Promise.all(
    [...files].map(async ([name, text]) => {
      const path = join(folder, name)
      const current = present.has(name) ? await readFile(path, 'utf8') : undefined
      if (current === text) {
        result.unchanged++
        return
      }
      if (current !== undefined && !current.startsWith(GENERATED)) {
        throw new Error(`${path} is not a generated file: move it, or choose another folder`)
      }
      await writeFile(path, text)
      result.written.push(name)
    }),
  )
  await Promise.all(
    [...present].map(async (name) => {
      if (files.has(name) || !name.endsWith('.ts')) return
      const path = join(folder, name)
      if (!(await readFile(path, 'utf8')).startsWith(GENERATED)) return
      await rm(path)
      result.deleted.push(name)
    }),
  )
  result.written.sort()
  result.deleted.sort()
  return result
}
