// Lexicon documents from the file system.

import { readdir, readFile, stat } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { explainError } from './json-position.ts'
import { ProblemError } from './problem.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Reads every `.json` file among the given paths and in the folders among them, in a fixed order and
 * each once.
 *
 * @param except A file that is no document: the manifest may be among them.
 * @throws ProblemError where files are not JSON, or there is none at all
 * @throws Error where a path does not exist
 */
export async function readSourceFiles(
  paths: readonly string[],
  except?: string,
): Promise<SourceFile[]> {
  const files = new Set((await Promise.all(paths.map(listJsonFiles))).flat())
  if (except !== undefined) files.delete(normalize(except))
  if (files.size === 0) {
    throw new ProblemError([{ message: `There is no .json file in ${paths.join(', ')}` }])
  }
  const texts = await Promise.all(
    [...files].map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
  )
  return texts.map(({ path, text }) => ({ path, text, json: parseJson(path, text) }))
}

async function listJsonFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [normalize(path)]
  const entries = await readdir(path, { recursive: true })
  return entries
    .filter((entry) => entry.endsWith('.json'))
    .toSorted()
    .map((entry) => join(path, entry))
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message, ...place } = explainError(text, error as Error)
    throw new ProblemError([{ file: path, ...place, message: `not JSON: ${message}` }])
  }
}
