#!/usr/bin/env node
// The command `atproto.ts-codegen`.

import { parseArgs } from 'node:util'
import { CodegenError } from './errors.ts'
import { generate } from './generate.ts'
import { DEFAULT_OPTIONS } from './options.ts'
import { readSourceFiles } from './read-files.ts'
import type { SourceFile } from './read-files.ts'
import { writeFiles } from './write-files.ts'

const USAGE = `Usage: atproto.ts-codegen <files or folders>... --out <folder>

Writes a TypeScript module for each lexicon document (.json) among the files and in the folders.
Every document that one of them refers to has to be among them. Generated files in the output
folder that no document accounts for any more are deleted; other files are left alone.

Options:
  -o, --out <folder>        Where to write to.
  --extension <.js or .ts>  How one generated module names another. [${DEFAULT_OPTIONS.extension}]
  --import-from <module>    Where types of the SDK come from. [${DEFAULT_OPTIONS.importFrom}]
  --merge-into <module>     Which maps of records and errors to add to. [${DEFAULT_OPTIONS.mergeInto}]
  --no-facades              Leaves out the files that group methods by service.
  -h, --help                Shows this.

Exit codes: 0 done, 1 a document or a file is at fault, 2 the command line is.`

const DONE = 0
const FAILED = 1
const MISUSED = 2

process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<number> {
  const command = parseCommand(args)
  if (command === 'help') {
    console.log(USAGE)
    return DONE
  }
  if (command instanceof Error) {
    console.error(`${command.message}\n\n${USAGE}`)
    return MISUSED
  }
  let sources: SourceFile[] = []
  try {
    sources = await readSourceFiles(command.paths)
    const files = generate(
      sources.map((source) => source.json),
      command.options,
    )
    const { written, deleted, unchanged } = await writeFiles(command.out, files)
    console.log(
      `${command.out}: ${written.length} written, ${deleted.length} deleted, ${unchanged} unchanged`,
    )
    return DONE
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const files = error instanceof CodegenError ? filesOf(error.document, sources) : ''
    console.error(files ? `${files}: ${error.message}` : error.message)
    return FAILED
  }
}

interface Command {
  paths: string[]
  out: string
  options: Parameters<typeof generate>[1]
}

/** What the command line asks for, or what is wrong with it. */
function parseCommand(args: string[]): Command | Error | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        out: { type: 'string', short: 'o' },
        extension: { type: 'string', default: DEFAULT_OPTIONS.extension },
        'import-from': { type: 'string', default: DEFAULT_OPTIONS.importFrom },
        'merge-into': { type: 'string' },
        facades: { type: 'boolean', default: DEFAULT_OPTIONS.facades },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    const { out, extension } = values
    if (positionals.length === 0) return new Error('Which documents? Name files or folders.')
    if (!out) return new Error('Where to? Name a folder with --out.')
    if (extension !== '.js' && extension !== '.ts') {
      return new Error(`--extension is .js or .ts, not ${extension}`)
    }
    const options = {
      extension,
      importFrom: values['import-from'],
      facades: values.facades,
      mergeInto: values['merge-into'] ?? DEFAULT_OPTIONS.mergeInto,
    } as const
    return { paths: positionals, out, options }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** The files that a document of an error message comes from: several where they share its id. */
function filesOf(document: string, sources: readonly SourceFile[]): string {
  return sources
    .filter(({ json }, i) => document === `documents[${i}]` || document === idOf(json))
    .map(({ path }) => path)
    .join(', ')
}

function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined
}
