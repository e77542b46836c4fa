// Says whether what was generated is up to date.

import { join } from 'node:path'
import { compareManifests, createManifest, readManifest } from '../manifest.ts'
import type { ManifestDifference } from '../manifest.ts'
import { compareFiles } from '../write-files.ts'
import type { CheckCommand } from './command-line.ts'
import { generateFiles } from './generation.ts'
import { count, EXIT } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/**
 * Compares the modules that there are with those that would be generated, and the documents with the
 * manifest where there is one to hold them to.
 *
 * @throws ProblemError where a document is at fault
 */
export async function check(command: CheckCommand): Promise<Outcome> {
  const { out, manifest } = command
  const { sources, files } = await generateFiles(command)
  const difference = await compareFiles(out, files)
  const { missing, changed, stale, unchanged } = difference
  const documents: ManifestDifference[] =
    manifest === undefined
      ? []
      : compareManifests(await readManifest(manifest), createManifest(manifest, sources))
  const isStale = missing.length + changed.length + stale.length > 0
  const json = { out, missing, changed, stale, unchanged, documents }
  if (!isStale && documents.length === 0) {
    const text = `${out}: ${count(unchanged, 'file')}, all up to date`
    return { exitCode: EXIT.done, text, json }
  }
  const lines = [
    ...missing.map((file) => `${join(out, file)}: is missing`),
    ...changed.map((file) => `${join(out, file)}: is not what would be generated`),
    ...stale.map((file) => `${join(out, file)}: no document accounts for it`),
    ...documents.map(({ document, state }) => `${manifest}: ${document} was ${state}`),
  ]
  return { exitCode: EXIT.failed, text: lines.join('\n'), json }
}
