// The manifest: which documents code was generated from, and where they came from.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'
import { ProblemError } from './problem.ts'
import { idOf } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** What the manifest holds of one document. */
export interface ManifestEntry {
  /** Its file, from the folder of the manifest, with `/`. */
  file: string
  /** Of its text in UTF-8, in hexadecimal, as `sha256sum` has it. */
  sha256: string
  /** The record that it is a copy of, where it came from the network. */
  uri?: string
  /** The version of that record. */
  cid?: string
}

/** The entry of each document by its NSID, in the order of the NSIDs. */
export type Manifest = ReadonlyMap<string, ManifestEntry>

/** A record that was saved as a document. */
export interface Origin {
  uri: string
  cid: string
}

/** How documents differ from a manifest. */
export interface ManifestDifference {
  document: string
  state: 'added' | 'changed' | 'removed'
}

/**
 * Makes the manifest of documents that code was generated from.
 *
 * @param path Where it will be.
 * @param origins The documents that came from the network in this run, by NSID.
 * @param previous The manifest so far: what it knows of where a document came from is kept for as
 *   long as the document stays the same.
 */
export function createManifest(
  path: string,
  sources: readonly SourceFile[],
  origins: ReadonlyMap<string, Origin> = new Map(),
  previous: Manifest = new Map(),
): Manifest {
  const entries = sources.map(({ path: source, text, json }): [string, ManifestEntry] => {
    const nsid = String(idOf(json))
    const file = relative(dirname(path), source).replaceAll(sep, '/')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = previous.get(nsid)
    const origin = origins.get(nsid) ?? (before?.sha256 === sha256 ? before : undefined)
    const { uri, cid } = origin ?? {}
    return [nsid, { file, sha256, ...(uri && { uri }), ...(cid && { cid }) }]
  })
  return new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The text of a manifest's file. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify({ documents: Object.fromEntries(manifest) }, null, 2)}\n`
}

/**
 * Reads a manifest; one that is not there is empty.
 *
 * @throws ProblemError where it is no manifest
 */
export async function readManifest(path: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const entries = parseEntries(text)
  if (entries) return new Map(entries)
  throw new ProblemError([
    { file: path, message: 'this is no manifest: delete it to make a new one' },
  ])
}

/** How documents differ from those that a manifest lists. Where they come from does not count. */
export function compareManifests(before: Manifest, now: Manifest): ManifestDifference[] {
  return [...new Set([...before.keys(), ...now.keys()])].toSorted().flatMap((document) => {
    const [old, current] = [before.get(document)?.sha256, now.get(document)?.sha256]
    if (old === current) return []
    const state = old === undefined ? 'added' : current === undefined ? 'removed' : 'changed'
    return [{ document, state }]
  })
}

function parseEntries(text: string): [string, ManifestEntry][] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const { documents } = Object(json) as { documents?: unknown }
  if (typeof documents !== 'object' || documents === null) return undefined
  const entries = Object.entries(documents) as [string, ManifestEntry][]
  const isValid = entries.every(([, entry]) => typeof Object(entry).sha256 === 'string')
  return isValid ? entries : undefined
}
