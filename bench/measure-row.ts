// Measures one row in this process and prints its result as JSON:
//
//   node --expose-gc bench/measure-row.ts ROW

import { cpus } from 'node:os'
import { loadCorpus } from './corpus/corpus.ts'
import { measure } from './harness/measure.ts'
import type { RowResult } from './harness/results.ts'
import { ROWS } from './rows.ts'

const name = process.argv[2] ?? ''
const load = ROWS[name]
if (!load) throw new Error(`There is no row ${name}`)
const row = await load()
const corpus = loadCorpus()
const result: RowResult = {
  row: name,
  title: row.title,
  node: process.versions.node,
  cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
  corpus: corpus.hash,
  cases: [],
}
for (const item of await row.cases(corpus)) {
  console.error(`  ${name}: ${item.name}`)
  result.cases.push(await measure(item))
}
console.log(JSON.stringify(result))
