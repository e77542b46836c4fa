// Writes packages/sdk/lexicons/ from the official lexicon documents, and the documents themselves for
// the generator of others, which refer to them. It runs before every check, test and build, and leaves
// files alone that would not change.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate, writeFiles } from '../packages/codegen/src/index.ts'

// By its URL, because the package's declarations do not compile under this house's flags.
const { schemas }: { schemas: unknown[] } = await import(import.meta.resolve('@atproto/api'))

const folder = fileURLToPath(new URL('../packages/sdk/lexicons/', import.meta.url))
const files = generate(schemas, {
  importFrom: '../src/{room}/index.ts',
  extension: '.ts',
  mergeInto: undefined,
})
const { written, deleted, unchanged } = await writeFiles(folder, files)

const library = new URL('../packages/codegen/library.json', import.meta.url)
const text = `${JSON.stringify(schemas)}\n`
if (!existsSync(library) || readFileSync(library, 'utf8') !== text) writeFileSync(library, text)

console.log(
  `packages/sdk/lexicons: ${written.length} written, ${deleted.length} deleted, ${unchanged} unchanged`,
)
