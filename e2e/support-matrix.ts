// Writes the table of com.atproto methods into README.md, from the lexicons and the table of the
// tests. `node e2e/support-matrix.ts --check` only says whether README.md has it as it is now.
import { readFileSync, writeFileSync } from 'node:fs'
import { methods, type Coverage, type Method } from './methods.ts'
import { loadOfficialMethods } from './official-methods.ts'

const README = new URL('../README.md', import.meta.url)
const BEGIN = '<!-- support matrix: written by `node e2e/support-matrix.ts` -->'
const END = '<!-- end of the support matrix -->'

const readme = readFileSync(README, 'utf8')
const [before, rest] = splitOnce(readme, BEGIN)
const [, after] = splitOnce(rest, END)
const current = `${before}${BEGIN}\n\n${await renderMatrix()}\n\n${END}${after}`
if (!process.argv.includes('--check')) {
  writeFileSync(README, current)
} else if (current !== readme) {
  console.error('The support matrix of README.md is stale: run "node e2e/support-matrix.ts".')
  process.exitCode = 1
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  if (at === -1) throw new Error(`README.md lacks the line ${mark}`)
  return [text.slice(0, at), text.slice(at + mark.length)]
}

/** The counts in a sentence, and a row for each method. */
async function renderMatrix(): Promise<string> {
  const table: Readonly<Record<string, Method>> = methods
  const found = (await loadOfficialMethods()).map(({ nsid, kind }) => {
    const method = table[nsid]
    if (!method) throw new Error(`e2e/methods.ts lacks ${nsid}`)
    return { nsid, kind, ...method }
  })
  const tried = found.filter(({ coverage }) => coverage === 'tried').length
  const streams = found.filter(({ coverage }) => coverage === 'stream').length
  const calls = found.length - streams
  const summary = `Of the ${calls} queries and procedures, ${tried} are tried through the SDK against the reference PDS. It does not serve the other ${calls - tried}, which the tests assert. The ${streams} subscriptions are streams, not calls.`
  const rows = found.map(({ nsid, kind, auth, coverage }) => [
    `\`${nsid.slice('com.atproto.'.length)}\``,
    kind,
    auth,
    describeCoverage(coverage),
  ])
  const head = ['`atproto.`', 'Kind', 'Auth', 'Against the reference PDS']
  return `${summary}\n\n${renderTable(head, rows)}`
}

function describeCoverage(coverage: Coverage): string {
  if (coverage === 'tried') return 'tried'
  if (coverage === 'stream') return 'a stream'
  return `not served: ${coverage.servedBy} does`
}

/** A Markdown table with its columns aligned, as the formatter wants it. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  )
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...rows]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n')
}
