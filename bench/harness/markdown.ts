// Generated pages, formatted as the rest of the repository.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..')
const FORMATTER = join(FOLDER, '..', 'node_modules', 'oxfmt', 'bin', 'oxfmt')

/** Writes a page into the folder of the benchmarks. */
export function writeMarkdown(name: string, text: string): void {
  const file = join(FOLDER, name)
  writeFileSync(file, text)
  execFileSync(process.execPath, [FORMATTER, file], { stdio: 'ignore' })
}
