// Holds small programs to their budgets: bundles each for browsers from the built package, minifies
// and gzips it, and counts what a browser must load before it runs.
//
//   node scripts/size.ts [--json] [folder]     the programs and budgets.json of a folder

import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

interface Budget {
  /** What the program does. */
  program: string
  /** The most that its bundle may weigh, in bytes. */
  limit: number
}

/** Bytes after gzip, of the entry and of what it imports statically; a dynamic import loads later. */
async function bundledSize(program: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    entryPoints: [program],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    splitting: true,
    outdir: 'out',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const loaded = new Set<string>()
  const load = (output: string): void => {
    if (loaded.has(output)) return
    loaded.add(output)
    for (const { kind, path } of metafile.outputs[output]?.imports ?? []) {
      if (kind === 'import-statement') load(path)
    }
  }
  load(entryOutput(metafile, program))
  const bytes = outputFiles
    .filter(({ path }) => [...loaded].some((output) => path.endsWith(output)))
    .map(({ contents }) => gzipSync(contents, { level: 9 }).length)
  return bytes.reduce((sum, size) => sum + size, 0)
}

/** Dynamic imports are entries too: the program's own is the one that is wanted. */
function entryOutput(metafile: Metafile, program: string): string {
  const entry = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint !== undefined && basename(entryPoint) === basename(program),
  )
  if (!entry) throw new Error('The bundle has no entry.')
  return entry[0]
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const folder = positionals[0] ?? join(import.meta.dirname, '../test/size')
const budgets = JSON.parse(await readFile(join(folder, 'budgets.json'), 'utf8')) as Record<
  string,
  Budget
>

const rows = await Promise.all(
  Object.entries(budgets).map(async ([file, { program, limit }]) => {
    const size = await bundledSize(join(folder, file))
    return { file: basename(file), program, size, limit, passed: size < limit }
  }),
)

if (values.json) {
  console.log(JSON.stringify(rows, undefined, 2))
} else {
  console.log('minified + gzip, in bytes')
  for (const { program, size, limit, passed } of rows) {
    const figures = `${size}`.padStart(6) + ` of ${limit}`.padEnd(10)
    console.log(`${passed ? 'ok  ' : 'OVER'} ${figures} ${program}`)
  }
}
if (rows.some(({ passed }) => !passed)) process.exitCode = 1
