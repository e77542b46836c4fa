// What `--help` shows.

import { DEFAULT_OPTIONS } from '../options.ts'

const GENERATION = `  -o, --out <folder>         Where the modules are.
  --manifest <file>          Where the hash of each document is kept, and where it came from.
  --extension <.js or .ts>   How one module names another. [${DEFAULT_OPTIONS.extension}]
  --import-from <module>     Where types of the SDK come from. [${DEFAULT_OPTIONS.importFrom}]
  --merge-into <module>      Which maps of records and errors to add to. [${DEFAULT_OPTIONS.mergeInto}]
  --no-facades               Leaves out the files that group methods by service.
  --no-library               Makes modules of documents that atproto.ts has, too, where others refer
                             to them, and imports none from atproto.ts/lexicons.`

const COMMON = `  --json                     Says what happened in JSON, one object a line.
  -h, --help                 Shows this.`

/** How each command is used. */
export const USAGE: Readonly<Record<'generate' | 'check' | 'breaking', string>> = {
  generate: `Usage: atproto.ts-codegen <documents>... --out <folder>
       atproto.ts-codegen check <documents>... --out <folder>
       atproto.ts-codegen breaking <before> <after>

Writes a TypeScript module for each lexicon document. Documents are

  lexicons/, thing.json      files, and all .json files in folders
  com.example.thing          the lexicon that its authority has published, and all that it refers to
  com.example.*              all lexicons of a group that its authority has published

A path that looks like an NSID begins with ./ and a group is quoted, so that no shell expands it.
What comes from the network is verified, and saved, so that the next build can take the files.
Every document that one of them refers to has to be among them, unless atproto.ts has it. Generated
files in the output folder that no document accounts for any more are deleted; other files are left
alone.

Options:
${GENERATION}
  --watch                    Goes on, and writes again when a document changes.
  --save <folder>            Where documents from the network are kept; those that are there are
                             replaced. [lexicons]
  --plc-url <url>            Which PLC directory to ask. [https://plc.directory]
  --dns-over-https <url>     Which DNS to ask in place of the system's own.
  --allow-loopback           For development: lets repositories be on this machine.
${COMMON}

Exit codes: 0 done, 1 a document or a file is at fault, 2 the command line is.
"atproto.ts-codegen check --help" and "atproto.ts-codegen breaking --help" say more.`,

  check: `Usage: atproto.ts-codegen check <files or folders>... --out <folder>

Says whether the modules in the output folder are those that would be generated now, with the same
options; with --manifest also whether the documents are those that it lists. Writes nothing.

Options:
${GENERATION}
${COMMON}

Exit codes: 0 all is as it should be, 1 something is not, or a document is at fault, 2 the command
line is.`,

  breaking: `Usage: atproto.ts-codegen breaking <before> <after>

Compares two versions of documents, each a file or a folder, by the rules of how lexicons may change:
data of before has to be valid after, and data of after to whoever knows only what was before.

Options:
${COMMON}

Exit codes: 0 nothing breaks, 1 something does, or a document is at fault, 2 the command line is.`,
}
