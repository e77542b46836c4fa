import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findInteropSuite, openInteropSuite } from './interop-suite.ts'

let folder: string
let repository: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interop-suite-'))
  repository = join(folder, 'repository')
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, text = ''): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

test('the suite named by the environment comes first, then the one beside, then the fetched', () => {
  write('named/README.md')
  write('repository/.cache/atproto-interop-tests/README.md')
  const fetched = join(repository, '.cache/atproto-interop-tests')
  expect(findInteropSuite({ CI: 'true' }, repository)).toBe(fetched)

  write('shared/fixtures/atproto-interop-tests/README.md')
  const beside = join(folder, 'shared/fixtures/atproto-interop-tests')
  expect(findInteropSuite({}, repository)).toBe(beside)

  const named = join(folder, 'named')
  expect(findInteropSuite({ ATPROTO_INTEROP_TESTS: named }, repository)).toBe(named)
})

test('a missing suite is no error on a desk, and one in CI', () => {
  mkdirSync(join(repository, '.cache/atproto-interop-tests'), { recursive: true })
  expect(findInteropSuite({}, repository)).toBeUndefined()
  expect(() => findInteropSuite({ CI: 'true' }, repository)).toThrow(/npm run fixtures/)
})

test('an environment that names no suite is an error', () => {
  const named = join(folder, 'nowhere')
  expect(() => findInteropSuite({ ATPROTO_INTEROP_TESTS: named }, repository)).toThrow(named)
})

test('cases keep their spaces, and comments and empty lines are none', () => {
  write('README.md')
  write('syntax/x.txt', '\n# comment\n did:x:y \n#comment\n\tlast')
  expect(openInteropSuite(folder).lines('syntax/x.txt')).toEqual([' did:x:y ', '\tlast'])
})
