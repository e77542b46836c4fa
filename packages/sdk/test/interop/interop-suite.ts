// Finds the protocol's interoperability suite and runs tests on it. The suite is not part of this
// repository: `npm run fixtures` fetches it. Without it these tests are skipped, and fail in CI.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const REPOSITORY_ROOT = resolve(import.meta.dirname, '../../../..')

/** The files of the suite, by their paths inside it. */
export interface InteropSuite {
  /** The names in a folder. */
  files(folder: string): string[]
  /** The cases of a text file: its lines, spaces kept, without the empty ones and the comments. */
  lines(path: string): string[]
  json(path: string): unknown
}

const HOW_TO_GET_IT =
  'The interoperability suite is missing: fetch it with `npm run fixtures`, or name its folder in ATPROTO_INTEROP_TESTS.'

function isSuite(folder: string): boolean {
  return existsSync(join(folder, 'README.md'))
}

/**
 * Gives the folder of the suite: `ATPROTO_INTEROP_TESTS` where that is set, else the copy beside the
 * repository or the one that `npm run fixtures` made. Nothing when there is none.
 *
 * @throws Error when `ATPROTO_INTEROP_TESTS` names no suite, and without one when `CI` is set.
 */
export function findInteropSuite(
  environment: NodeJS.ProcessEnv,
  repositoryRoot: string,
): string | undefined {
  const named = environment['ATPROTO_INTEROP_TESTS']
  if (named) {
    if (!isSuite(named)) throw new Error(`ATPROTO_INTEROP_TESTS: there is no suite in ${named}`)
    return named
  }
  const found = [
    resolve(repositoryRoot, '../shared/fixtures/atproto-interop-tests'),
    resolve(repositoryRoot, '.cache/atproto-interop-tests'),
  ].find(isSuite)
  if (!found && environment['CI']) throw new Error(`CI runs every interop test. ${HOW_TO_GET_IT}`)
  return found
}

/**
 * Describes the tests of one area of the suite, such as `syntax`. Where there is no suite, they count
 * as one skipped test that says so.
 */
export function describeInterop(area: string, define: (suite: InteropSuite) => void): void {
  const folder = findInteropSuite(process.env, REPOSITORY_ROOT)
  const defineTests = folder ? () => define(openInteropSuite(folder)) : defineSkipped
  if (!folder) console.warn(`SKIPPED: the interop tests of ${area}. ${HOW_TO_GET_IT}`)
  describe(`interop: ${area}`, () => {
    defineTests()
  })
}

function defineSkipped(): void {
  test('has the interoperability suite to run on', ({ skip }) => {
    skip(true, HOW_TO_GET_IT)
    expect.unreachable()
  })
}

/** Opens the suite in `folder`. */
export function openInteropSuite(folder: string): InteropSuite {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  return {
    files: (path) => readdirSync(join(folder, path)),
    lines: (path) =>
      read(path)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    json: (path) => JSON.parse(read(path)),
  }
}
