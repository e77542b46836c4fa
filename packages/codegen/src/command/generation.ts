// From documents to the files that should be there.

import { generate } from '../generate.ts'
import { readLibrary, referredDocuments } from '../library.ts'
import { ProblemError, problemsOf } from '../problem.ts'
import { readSourceFiles } from '../read-files.ts'
import type { SourceFile } from '../source-file.ts'
import type { Generation } from './command-line.ts'

/** Documents, and what is generated from them. */
export interface Generated {
  sources: SourceFile[]
  /** The text of each file by its name. */
  files: Map<string, string>
}

/**
 * Reads documents and generates their modules.
 *
 * @throws ProblemError that names the file of each document that is at fault
 */
export async function generateFiles(
  { paths, manifest, copiesLibrary, options }: Generation,
  savedPaths: readonly string[] = [],
): Promise<Generated> {
  const sources = await readSourceFiles([...paths, ...savedPaths], manifest)
  const documents = sources.map(({ json }) => json)
  const library = await readLibrary()
  try {
    const copies = copiesLibrary ? referredDocuments(documents, library) : []
    return { sources, files: generate([...documents, ...copies], { ...options, library }) }
  } catch (error) {
    throw new ProblemError(problemsOf(error as Error, sources))
  }
}
