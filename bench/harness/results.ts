// The latest results of each row, kept in a file of the repository.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseTimings } from './measure.ts'

/** What one run of a row found. */
export interface RowResult {
  row: string
  title: string
  node: string
  cpu: string
  /** The first letters of the hash of the recorded corpus. */
  corpus: string
  cases: CaseTimings[]
}

const FILE = join(import.meta.dirname, '..', 'results.json')

/** The latest result of each row, by its name. */
export function loadResults(): Record<string, RowResult> {
  if (!existsSync(FILE)) return {}
  return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, RowResult>
}

/** Keeps a result, in place of an older one of the same row, and gives all that there are. */
export function saveResult(result: RowResult): Record<string, RowResult> {
  const all = { ...loadResults(), [result.row]: result }
  writeFileSync(FILE, `${JSON.stringify(all, rounded, 2)}\n`)
  return all
}

/** No more digits than mean anything. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
