// What must not be in the repository: traces of the machine it was written on, and what a build makes.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../workshop.ts'

const git = (...args: string[]): string[] =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean)

/** Absolute paths of somebody's machine, and where its package manager fetched packages from. */
const MACHINE = [
  /(?<![\w.~@-])\/(?:root|home\/\w+|Users\/\w+)\/[\w.-]+/,
  new RegExp(`(?<![\\w.~@-])${ROOT.replace(/[^\w/]/g, String.raw`\$&`)}\\b`),
  /\b[A-Z]:\\Users\\/,
  /"resolved": "https?:/,
  /^registry\s*=/m,
]

const machineTrace = (text: string): string | undefined =>
  MACHINE.map((pattern) => pattern.exec(text)?.[0]).find((trace) => trace !== undefined)

describe.skipIf(!existsSync(join(ROOT, '.git')))('the repository', () => {
  test('holds no path of a machine and no address of a registry', () => {
    const traces = git('ls-files', '-z')
      .filter((path) => existsSync(join(ROOT, path)))
      .map((path) => [path, machineTrace(readFileSync(join(ROOT, path), 'latin1'))])
      .filter(([path, trace]) => trace !== undefined && path !== 'test/gates/committed.test.ts')
    expect(traces).toEqual([])
  })

  test('holds nothing that a build makes', () => {
    expect(git('ls-files', '-z', '--cached', '--ignored', '--exclude-standard')).toEqual([])
  })
})

test.each([
  ['a home directory', `see /home/someone/notes.md`],
  ['a home directory of another system', String.raw`see C:\Users\someone`],
  ['this checkout', `import '${ROOT}/packages'`],
  ['a registry', `"resolved": "https://registry.example/atproto.tgz"`],
  ['a registry in a setting', `registry=https://registry.example`],
])('a trace is %s', (_, text) => {
  expect(machineTrace(text)).toBeDefined()
})

test.each([
  ['https://example.com/home/someone/x'],
  [`.${ROOT}/packages`],
  ['at://did:plc:x/root/y'],
])('%s is no trace', (text) => {
  expect(machineTrace(text)).toBeUndefined()
})
