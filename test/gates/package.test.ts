import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkshop, ROOT, type Workshop } from '../workshop.ts'

async function openPackage(manifest: object): Promise<Workshop> {
  const workshop = await openWorkshop()
  await workshop.write({
    'package.json': JSON.stringify({
      name: 'planted',
      version: '1.0.0',
      license: 'MIT',
      type: 'module',
      files: ['dist'],
      exports: './dist/index.js',
      ...manifest,
    }),
    'dist/index.js': `export const one = 1\n`,
    'dist/index.d.ts': `export declare const one: number\n`,
  })
  return workshop
}

type Command = [program: string, ...args: string[]]
const publint: Command = ['publint', '--strict', '.']
const attw: Command = ['attw', '--pack', '.', '--profile', 'esm-only']

test.each([
  ['publint', publint],
  ['attw', attw],
])('%s passes a sound package', async (_, command) => {
  const workshop = await openPackage({})
  expect(await workshop.run(...command)).toMatchObject({ exitCode: 0 })
})

test('publint refuses an export without a file', async () => {
  const workshop = await openPackage({
    exports: { '.': './dist/index.js', './planted': './dist/planted.js' },
  })
  const { exitCode, output } = await workshop.run(...publint)
  expect(exitCode).not.toBe(0)
  expect(output).toContain('./planted')
})

test('attw refuses an export without types', async () => {
  const workshop = await openPackage({
    exports: { '.': './dist/index.js', './planted': './dist/planted.js' },
  })
  await workshop.write({ 'dist/planted.js': `export const two = 2\n` })
  const { exitCode, output } = await workshop.run(...attw)
  expect(exitCode).not.toBe(0)
  expect(output).toContain('planted/planted')
})

test.each([
  ['passes a program within', 1000, 0],
  ['refuses a program over', 10, 1],
])('the size check %s its budget', async (_, limit, exitCode) => {
  const workshop = await openWorkshop()
  await workshop.write({
    'budgets.json': JSON.stringify({ 'program.ts': { program: 'greet', limit } }),
    'program.ts': `console.log('Hello, whoever you are')\n`,
  })
  const size = await workshop.run('node', join(ROOT, 'scripts/size.ts'), '--json', '.')
  expect(size.exitCode).toBe(exitCode)
  expect(JSON.parse(size.output)).toMatchObject([{ passed: exitCode === 0, limit }])
})

test('the size check counts what a program imports, and not what it loads later', async () => {
  const workshop = await openWorkshop()
  const budget = { program: '', limit: 1000 }
  await workshop.write({
    'budgets.json': JSON.stringify({ 'now.ts': budget, 'later.ts': budget, 'both.ts': budget }),
    'now.ts': `import { noise } from './noise.ts'\nconsole.log(noise)\n`,
    'later.ts': `console.log(await import('./noise.ts'))\n`,
    'both.ts': `import { noise } from './noise.ts'\nconsole.log(noise, await import('./noise.ts'))\n`,
    'noise.ts': `export const noise = '${randomBytes(1000).toString('hex')}'\n`,
  })
  const { output } = await workshop.run('node', join(ROOT, 'scripts/size.ts'), '--json', '.')
  const rows = JSON.parse(output) as { file: string; passed: boolean }[]
  expect(rows.map(({ file, passed }) => [file, passed])).toEqual([
    ['now.ts', false],
    ['later.ts', true],
    ['both.ts', false],
  ])
})

test('the size check refuses a program that needs Node', async () => {
  const workshop = await openWorkshop()
  await workshop.write({
    'budgets.json': JSON.stringify({ 'program.ts': { program: 'read', limit: 1000 } }),
    'program.ts': `import { readFileSync } from 'node:fs'\nconsole.log(readFileSync)\n`,
  })
  const { exitCode, output } = await workshop.run('node', join(ROOT, 'scripts/size.ts'), '.')
  expect(exitCode).not.toBe(0)
  expect(output).toContain('node:fs')
})
