// Says what breaks between two versions of documents.

import { readDistinctDocuments } from '../documents.ts'
import type { Documents } from '../documents.ts'
import { compareDocuments } from '../evolution/comparison.ts'
import { formatProblem, placesOf, ProblemError, problemsOf } from '../problem.ts'
import { readSourceFiles } from '../read-files.ts'
import type { SourceFile } from '../source-file.ts'
import type { BreakingCommand } from './command-line.ts'
import { count, EXIT } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/**
 * Compares the documents of two paths.
 *
 * @throws ProblemError where a document is at fault
 */
export async function breaking({ before, after }: BreakingCommand): Promise<Outcome> {
  const [old, now] = await Promise.all([readVersion(before), readVersion(after)])
  const findings = compareDocuments(old.documents, now.documents).map((finding) => {
    const { document, path, rule, message } = finding
    const sources = now.documents.has(document) ? now.sources : old.sources
    const [place] = placesOf(document, path, sources)
    return { ...place, ...finding, text: `${message} (${rule}: ${WHOM[finding.breaks]})` }
  })
  const json = { findings: findings.map(({ text: _text, ...finding }) => finding) }
  if (findings.length === 0) {
    const text = `${count(old.documents.size, 'document')}: nothing breaks`
    return { exitCode: EXIT.done, text, json }
  }
  const lines = findings.map((finding) => formatProblem({ ...finding, message: finding.text }))
  return { exitCode: EXIT.failed, text: lines.join('\n'), json }
}

const WHOM = {
  'old-data': 'old data may be refused',
  'new-data': 'new data may be refused by those who know the old version',
  both: 'old and new data may be refused',
  programs: 'programs that ask for the set may be refused',
}

async function readVersion(path: string): Promise<{ sources: SourceFile[]; documents: Documents }> {
  const sources = await readSourceFiles([path])
  try {
    return { sources, documents: readDistinctDocuments(sources.map(({ json }) => json)) }
  } catch (error) {
    throw new ProblemError(problemsOf(error as Error, sources))
  }
}
