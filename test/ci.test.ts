// .ci/run as it is, with an npm that only pretends: it writes the results that a test gives it.

import { chmod } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkshop, type Outcome } from './workshop.ts'

interface Step {
  /** What vitest would report, by file: the status of each test. */
  files?: string[][]
  exitCode?: number
}

const FAKE_NPM = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs')
const args = process.argv.slice(2)
const name = args[0] === 'run' ? args[1] : args[0]
console.log('npm', name, process.env.CI)
const { files, exitCode = 0 } = JSON.parse(readFileSync('steps.json', 'utf8'))[name] ?? {}
const output = args.find((arg) => arg.startsWith('--outputFile.json='))?.split('=')[1]
if (output && files) {
  const testResults = files.map((tests) => ({
    status: tests.length === 0 || tests.includes('failed') ? 'failed' : 'passed',
    assertionResults: tests.map((status) => ({ status })),
  }))
  writeFileSync(output, JSON.stringify({ testResults }))
}
process.exitCode = exitCode
`

async function runSteps(steps: Record<string, Step>): Promise<Outcome & { lastLine?: string }> {
  const workshop = await openWorkshop()
  await workshop.copy('.ci')
  await workshop.write({ 'bin/npm': FAKE_NPM, 'steps.json': JSON.stringify(steps) })
  await chmod(join(workshop.path, 'bin/npm'), 0o755)
  const path = `PATH=${join(workshop.path, 'bin')}${delimiter}${process.env['PATH']}`
  const outcome = await workshop.run('env', path, 'bash', '.ci/run')
  const lastLine = outcome.output.trimEnd().split('\n').at(-1)
  return { ...outcome, ...(lastLine !== undefined && { lastLine }) }
}

const passing: Record<string, Step> = {
  test: {
    files: [
      ['passed', 'passed'],
      ['skipped', 'passed', 'todo'],
    ],
  },
  'test:e2e': { files: [['passed']] },
}

test('counts the tests of every suite', async () => {
  const { exitCode, lastLine } = await runSteps(passing)
  expect({ exitCode, lastLine }).toEqual({
    exitCode: 0,
    lastLine: '4 passed, 0 failed, 2 skipped',
  })
})

test('skips what needs a network where there is none', async () => {
  const { exitCode, lastLine, output } = await runSteps({ ...passing, fixtures: { exitCode: 1 } })
  expect({ exitCode, lastLine }).toEqual({ exitCode: 0, lastLine: '4 passed, 0 failed, 2 skipped' })
  expect(output).toContain('npm test undefined')
  expect(output).toContain('npm check true')
})

test.each<[fact: string, steps: Record<string, Step>, lastLine: string]>([
  [
    'a test that fails',
    { test: { files: [['passed', 'failed']], exitCode: 1 } },
    '2 passed, 1 failed, 0 skipped',
  ],
  [
    'a test that fails where the runner does not say so',
    { test: { files: [['passed', 'failed']], exitCode: 0 } },
    '2 passed, 1 failed, 0 skipped',
  ],
  [
    'a file of tests that cannot be run',
    { test: { files: [['passed'], []], exitCode: 1 } },
    '2 passed, 1 failed, 0 skipped',
  ],
  ['a suite that crashes', { test: { exitCode: 134 } }, '1 passed, 1 failed, 0 skipped'],
  ['an installation that fails', { ci: { exitCode: 1 } }, '1 passed, 1 failed, 0 skipped'],
  ['a check that fails', { check: { exitCode: 1 } }, '4 passed, 1 failed, 2 skipped'],
  ['a budget that is broken', { size: { exitCode: 1 } }, '4 passed, 1 failed, 2 skipped'],
  ['a demo that fails', { demo: { exitCode: 1 } }, '4 passed, 1 failed, 2 skipped'],
])('fails over %s, and runs what comes after', async (_, steps, lastLine) => {
  const outcome = await runSteps({ ...passing, ...steps })
  expect(outcome).toMatchObject({ exitCode: 1, lastLine })
  expect(outcome.output).toContain('npm demo true')
})
