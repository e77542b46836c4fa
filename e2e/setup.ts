// Installs the reference PDS and PLC into this folder, once.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { findHeaders, findNode22, nodePlatformPackage, type Node22 } from './node-22.ts'
import { showProgress } from './progress.ts'

const FOLDER: string = import.meta.dirname
const CACHE: string = join(FOLDER, '.cache')
/** Lies within node_modules, so that it goes when they go. */
const MARKER: string = join(FOLDER, 'node_modules', '.atproto-e2e')
/** The one package of the tree that has to be built, or fetched as a binary, for this platform. */
const NATIVE = 'better-sqlite3'

/**
 * Makes the reference PDS and PLC ready to run in this process's tests. The first call downloads
 * and builds, which takes minutes and about 480 MB; the next ones return at once, until the lockfile
 * or the version of Node changes.
 *
 * @throws {Error} with npm's own words where a step failed.
 */
export async function setUpReferenceNetwork(): Promise<void> {
  const node = findNode22()
  const wanted = fingerprint(node)
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === wanted) return

  console.error('Setting up the reference PDS and PLC in e2e/, once: 480 MB, two to four minutes.')
  await showProgress('Downloading 660 packages', () =>
    npm(node, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']),
  )
  const headers =
    findHeaders(node, [join(CACHE, 'node_modules', nodePlatformPackage())]) ??
    (await fetchHeaders(node))
  await showProgress('Building SQLite for Node 22 (compiles for a minute or two)', () =>
    npm(node, ['rebuild', NATIVE], headers).catch((cause: unknown) => {
      const needs =
        'Where there is no binary to download, it takes Python, make and a C++ compiler.'
      throw new Error(`SQLite was not built. ${needs}\n${String(cause)}`, { cause })
    }),
  )
  await showProgress('Checking that SQLite loads', () =>
    run(node.path, ['-e', `new (require('${NATIVE}'))(':memory:').close()`], process.env),
  )
  writeFileSync(MARKER, wanted)
}

/** What an installation is good for: this lockfile, this Node, this kind of machine. */
function fingerprint(node: Node22): string {
  const lock = createHash('sha256').update(readFileSync(join(FOLDER, 'package-lock.json')))
  return [node.version, process.platform, process.arch, lock.digest('hex')].join(' ')
}

/**
 * Gets the C++ headers from the npm registry. Without them the build would look on nodejs.org, which
 * not every machine reaches, or use those of another Node that a `nodedir` setting names. Where npm
 * has none for this platform, the build may still find its own way.
 */
async function fetchHeaders(node: Node22): Promise<string | undefined> {
  const name = nodePlatformPackage()
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n')
  try {
    await showProgress('Downloading the C++ headers of Node 22', () =>
      npm(node, [
        'install',
        '--prefix',
        CACHE,
        '--no-save',
        '--ignore-scripts',
        `${name}@${node.version}`,
      ]),
    )
  } catch {
    return undefined
  }
  return findHeaders(node, [join(CACHE, 'node_modules', name)])
}

/** npm itself, and all that it starts, run on the given Node. */
function npm(node: Node22, args: readonly string[], headers?: string): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [dirname(node.path), process.env['PATH']].join(delimiter),
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
  }
  return run('npm', args, env)
}

/** Runs a command to its end; what it wrote is shown only where it failed. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: FOLDER,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a script there, which only a shell starts.
      shell: process.platform === 'win32' && command === 'npm',
    })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      const text = Buffer.concat(output).toString().trim()
      reject(new Error(`"${[command, ...args].join(' ')}" failed with exit code ${code}:\n${text}`))
    })
  })
}
