// npm run fixtures: fetches the protocol's interoperability suite to where the tests look for it.

import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const SUITE = 'https://github.com/bluesky-social/atproto-interop-tests'

// What the tests were last run against, so that a case added there does not fail a build here.
const REVISION = '056e5741bb330757205d6b16db5266fffcae937b'

const folder = join(import.meta.dirname, '../.cache/atproto-interop-tests')

function git(...args: string[]): void {
  const result = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(result.stderr.trim())
}

function hasRevision(): boolean {
  try {
    git('cat-file', '-e', REVISION)
    return true
  } catch {
    return false
  }
}

try {
  mkdirSync(folder, { recursive: true })
  git('init', '--quiet')
  if (!hasRevision()) git('fetch', '--quiet', '--depth', '1', SUITE, REVISION)
  git('checkout', '--quiet', '--force', REVISION)
  console.log(`The interoperability suite, revision ${REVISION.slice(0, 7)}, is in ${folder}`)
} catch (error) {
  console.error(
    `Could not fetch ${SUITE}: ${error instanceof Error ? error.message : String(error)}\n` +
      'Without a network, name a copy of the suite in ATPROTO_INTEROP_TESTS.',
  )
  process.exitCode = 1
}
