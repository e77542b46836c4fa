// Installs the peers into this folder, once.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..')
const LOCK = join(FOLDER, 'package-lock.json')
/** Lies within node_modules, so that it goes when they go. */
const MARKER = join(FOLDER, 'node_modules', '.installed-lock.json')

/** Makes the peers of the lockfile available. Returns at once where they are. */
export function installPeers(): void {
  const lock = readFileSync(LOCK, 'utf8')
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === lock) return
  console.error('Installing the peers into bench/, once.')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  writeFileSync(MARKER, lock)
}
