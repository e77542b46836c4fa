// Measures rows, each in a process of its own, and writes the readme:
//
//   node bench/run.ts [--json] [ROW…]
//
// Without rows it measures all of them, and compares what decoders and validators accept
// (differential.ts, validation-differential.ts).

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPeers } from './harness/install.ts'
import { formatRow, writeReadme } from './harness/report.ts'
import { saveResult } from './harness/results.ts'
import type { RowResult } from './harness/results.ts'
import { ROWS } from './rows.ts'

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(ROWS)
const unknown = names.filter((name) => !(name in ROWS))
if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(', ')}. There are: ${Object.keys(ROWS).join(', ')}`)
  process.exit(2)
}

installPeers()
runScript('corpus/record.ts')
runScript('corpus/record-frames.ts')
if (positionals.length === 0) {
  runScript('differential.ts')
  runScript('validation-differential.ts')
}
const results: RowResult[] = []
for (const name of names) {
  const result = JSON.parse(runScript('measure-row.ts', name)) as RowResult
  results.push(result)
  writeReadme(saveResult(result))
  if (!values.json) console.log(`${formatRow(result)}\n`)
}
if (values.json) console.log(JSON.stringify(results))

/** Runs a script of this folder and returns what it printed. A failure of it is ours. */
function runScript(script: string, ...args: string[]): string {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, script), ...args],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  if (status !== 0) process.exit(status ?? 1)
  return stdout
}
