// What a command line asks for.

import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import type { NetworkOptions } from '../network/network.ts'
import { DEFAULT_OPTIONS } from '../options.ts'
import type { Options } from '../options.ts'
import { USAGE } from './usage.ts'

/** What to do, with all that it takes. */
export type Command = HelpCommand | GenerateCommand | CheckCommand | BreakingCommand

/** Shows how the program, or one of its commands, is used. */
export interface HelpCommand {
  name: 'help'
  text: string
}

/** What determines the generated files. */
export interface Generation {
  /** Files and folders. */
  paths: string[]
  out: string
  manifest: string | undefined
  /** Whether documents of the SDK that others refer to are generated, too. */
  copiesLibrary: boolean
  options: Partial<Options>
}

/** Writes modules, again and again where it watches. */
export interface GenerateCommand extends Generation {
  name: 'generate'
  /** What to get from the network: NSIDs, and groups such as `com.example.*`. */
  nsids: string[]
  save: string
  network: NetworkOptions
  watch: boolean
}

/** Says whether the modules are what would be generated. */
export interface CheckCommand extends Generation {
  name: 'check'
}

/** Compares two versions of documents. */
export interface BreakingCommand {
  name: 'breaking'
  before: string
  after: string
}

/** A command line that asks for nothing that there is. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError'

  /** How the command is used that was probably meant. */
  readonly usage: string

  constructor(message: string, usage: string) {
    super(message)
    this.usage = usage
  }
}

/**
 * Reads a command line.
 *
 * @returns The command, and whether a program reads what it says.
 * @throws MisuseError
 */
export function parseCommand(args: readonly string[]): { command: Command; json: boolean } {
  const [first = '', ...rest] = args
  const name = first === 'check' || first === 'breaking' ? first : 'generate'
  const usage = USAGE[name]
  try {
    return READERS[name](name === 'generate' ? [...args] : rest, usage)
  } catch (error) {
    // What parseArgs throws says what is wrong with the arguments.
    if (error instanceof MisuseError) throw error
    throw new MisuseError((error as Error).message, usage)
  }
}

type Reader = (args: string[], usage: string) => { command: Command; json: boolean }

const COMMON = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

const GENERATION = {
  ...COMMON,
  out: { type: 'string', short: 'o' },
  manifest: { type: 'string' },
  extension: { type: 'string', default: DEFAULT_OPTIONS.extension },
  'import-from': { type: 'string' },
  'merge-into': { type: 'string' },
  facades: { type: 'boolean', default: DEFAULT_OPTIONS.facades },
  library: { type: 'boolean', default: true },
} as const satisfies ParseArgsConfig['options']

const READERS: Record<'generate' | 'check' | 'breaking', Reader> = {
  generate(args, usage) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        ...GENERATION,
        save: { type: 'string', default: 'lexicons' },
        watch: { type: 'boolean', default: false },
        'plc-url': { type: 'string' },
        'dns-over-https': { type: 'string' },
        'allow-loopback': { type: 'boolean', default: false },
      },
    })
    const { json, help, save, watch } = values
    if (help) return { command: { name: 'help', text: usage }, json }
    const nsids = positionals.filter((argument) => isNsidPattern(argument))
    const paths = positionals.filter((argument) => !isNsidPattern(argument))
    if (positionals.length === 0) {
      throw new MisuseError('Which documents? Name files, folders or NSIDs.', usage)
    }
    if (watch && nsids.length > 0) {
      throw new MisuseError('--watch looks at files and folders: get NSIDs first.', usage)
    }
    const network = {
      plcUrl: values['plc-url'],
      dnsOverHttps: values['dns-over-https'],
      allowLoopback: values['allow-loopback'],
    }
    const generation = readGeneration(values, paths, usage)
    return { command: { name: 'generate', ...generation, nsids, save, network, watch }, json }
  },

  check(args, usage) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: GENERATION,
    })
    const { json, help } = values
    if (help) return { command: { name: 'help', text: usage }, json }
    if (positionals.length === 0) {
      throw new MisuseError('Which documents? Name files or folders.', usage)
    }
    return { command: { name: 'check', ...readGeneration(values, positionals, usage) }, json }
  },

  breaking(args, usage) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: COMMON })
    const { json, help } = values
    if (help) return { command: { name: 'help', text: usage }, json }
    const [before, after, ...more] = positionals
    if (before === undefined || after === undefined || more.length > 0) {
      throw new MisuseError(
        'Which versions? Name two files or folders, the older one first.',
        usage,
      )
    }
    return { command: { name: 'breaking', before, after }, json }
  },
}

/** The values of {@link GENERATION}. */
interface GenerationValues {
  out?: string | undefined
  manifest?: string | undefined
  extension: string
  'import-from'?: string | undefined
  'merge-into'?: string | undefined
  facades: boolean
  library: boolean
}

function readGeneration(values: GenerationValues, paths: string[], usage: string): Generation {
  const { out, manifest, extension, facades, library } = values
  if (!out) throw new MisuseError('Where to? Name a folder with --out.', usage)
  if (extension !== '.js' && extension !== '.ts') {
    throw new MisuseError(`--extension is .js or .ts, not ${extension}`, usage)
  }
  const importFrom = values['import-from'] ?? DEFAULT_OPTIONS.importFrom
  const mergeInto = values['merge-into'] ?? DEFAULT_OPTIONS.mergeInto
  const options = { extension, importFrom, facades, mergeInto } as const
  return { paths, out, manifest, copiesLibrary: !library, options }
}

/** Whether an argument is an NSID or a group of them: by its looks, whatever files there are. */
function isNsidPattern(argument: string): boolean {
  const isDotted = /^[a-z][a-z\d-]*(?:\.[a-z\d-]+)+\.(?:[a-z][a-z\d]*|\*)$/i.test(argument)
  return isDotted && !argument.endsWith('.json')
}
