// Lexicon documents from the file system.

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A document and where it comes from. */
export interface SourceFile {
  path: string
  json: unknown
}

/**
 * Reads every `.json` file among the given paths and in the folders among them, in a fixed order.
 *
 * @throws Error where a path does not exist, a file is not JSON, or there is none at all
 */
export async function readSourceFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const files = (await Promise.all(paths.map(listJsonFiles))).flat()
  if (files.length === 0) throw new Error(`There is no .json file in ${paths.join(', ')}`)
  return Promise.all(files.map(readSourceFile))
}

async function listJsonFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true })
  return entries
    .filter((entry) => entry.endsWith('.json'))
    .toSorted()
    .map((entry) => join(path, entry))
}

async function readSourceFile(path: string): Promise<SourceFile> {
  const text = await readFile(path, 'utf8')
  try {
    return { path, json: JSON.parse(text) }
  } catch (cause) {
    throw new Error(`${path}: not JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}
