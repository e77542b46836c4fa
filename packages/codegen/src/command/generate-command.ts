// Writes modules.

import { readLibrary } from '../library.ts'
import { createManifest, formatManifest, readManifest } from '../manifest.ts'
import type { Origin } from '../manifest.ts'
import { readSourceFiles } from '../read-files.ts'
import { lexiconText, savedPath } from '../saved-lexicon.ts'
import { idOf } from '../source-file.ts'
import { writeChanged, writeFiles } from '../write-files.ts'
import type { GenerateCommand } from './command-line.ts'
import { generateFiles } from './generation.ts'
import { count, EXIT } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** Documents from the network, as files. */
interface Saved {
  /** By NSID. */
  origins: Map<string, Origin>
  paths: string[]
  /** The paths of those that were not the same already. */
  written: string[]
}

/**
 * Gets what has to come from the network, and writes the modules of all documents.
 *
 * @throws ProblemError, CodegenError where a document is at fault, or cannot be had
 */
export async function generateOnce(command: GenerateCommand): Promise<Outcome> {
  const { out, manifest } = command
  const previous = manifest === undefined ? undefined : await readManifest(manifest)
  const saved: Saved =
    command.nsids.length > 0
      ? await saveFromNetwork(command)
      : { origins: new Map(), paths: [], written: [] }
  const { sources, files } = await generateFiles(command, saved.paths)
  const { written, deleted, unchanged } = await writeFiles(out, files)
  if (manifest !== undefined) {
    const current = createManifest(manifest, sources, saved.origins, previous)
    await writeChanged(manifest, formatManifest(current))
  }
  const lines = [
    ...(saved.paths.length > 0
      ? [
          `${command.save}: ${count(saved.paths.length, 'lexicon')}, ${saved.written.length} written`,
        ]
      : []),
    `${out}: ${written.length} written, ${deleted.length} deleted, ${unchanged} unchanged`,
  ]
  const json = { out, written, deleted, unchanged, saved: saved.written }
  return { exitCode: EXIT.done, text: lines.join('\n'), json }
}

/** Saves what was asked for by NSID, and what that refers to and is not at hand. */
async function saveFromNetwork(command: GenerateCommand): Promise<Saved> {
  const { nsids, paths, manifest, save, network, copiesLibrary } = command
  const known = new Set<unknown>()
  if (!copiesLibrary) for (const json of (await readLibrary()).documents) known.add(idOf(json))
  const local = paths.length > 0 ? await readSourceFiles(paths, manifest) : []
  for (const { json } of local) known.add(idOf(json))
  // Most runs need no network, and start sooner without it.
  const { fetchLexicons } = await import('../network/network.ts')
  const lexicons = await fetchLexicons(nsids, (nsid) => known.has(nsid), network)
  const saved: Saved = { origins: new Map(), paths: [], written: [] }
  for (const { nsid, uri, cid, document } of lexicons) {
    const path = savedPath(save, nsid)
    saved.origins.set(nsid, { uri, cid })
    saved.paths.push(path)
    if (await writeChanged(path, lexiconText(document))) saved.written.push(path)
  }
  return saved
}
