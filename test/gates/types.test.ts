import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rooms } from '../../rooms.config.ts'
import { openWorkshop, ROOT, type Workshop } from '../workshop.ts'

// The compiler's configuration as it is, over rooms of one line each.
async function openRooms(): Promise<Workshop> {
  const workshop = await openWorkshop()
  await workshop.linkModules()
  await workshop.copy(
    'tsconfig.base.json',
    'packages/sdk/package.json',
    ...globSync('packages/sdk/{,src/,src/*/}tsconfig*.json', { cwd: ROOT }),
  )
  await workshop.write({
    ...Object.fromEntries(
      Object.keys(rooms).map((room) => [
        `packages/sdk/src/${room}/index.ts`,
        `export const ${room}: string = '${room}'\n`,
      ]),
    ),
    'packages/sdk/src/index.ts': `export { base } from './base/index.ts'\n`,
    'packages/sdk/src/index.test.ts': `import 'node:fs'\n`,
    'packages/sdk/lexicons/com.example.ts': `export const nsid: string = 'com.example'\n`,
  })
  return workshop
}

const violations: [fact: string, file: string, source: string, error: string][] = [
  [
    'a room that imports a room above it',
    'syntax/planted.ts',
    `export { data } from '../data/index.ts'\n`,
    'TS6307',
  ],
  [
    'a room that imports only a type from above',
    'lexicon/planted.ts',
    `export type { xrpc } from '../xrpc/index.ts'\n`,
    'TS6307',
  ],
  [
    'a room that imports the facade',
    'session/planted.ts',
    `export type { base } from '../index.ts'\n`,
    'TS6307',
  ],
  ['portable code that imports from Node', 'data/planted.ts', `import 'node:fs'\n`, 'TS2882'],
  [
    'portable code that takes a global of Node',
    'xrpc/planted.ts',
    `export const platform: string = process.platform\n`,
    'TS2591',
  ],
  [
    'an export without its type',
    'identity/planted.ts',
    `export const now = () => Date.now()\n`,
    'TS9013',
  ],
  ['syntax that does not erase', 'base/planted.ts', `export enum Planted { A }\n`, 'TS1294'],
]

test('tsc -b builds rooms that keep the order', async () => {
  const workshop = await openRooms()
  expect(await workshop.run('tsc', '-b', 'packages/sdk')).toEqual({ exitCode: 0, output: '' })
})

test('tsc -b refuses what breaks it', async () => {
  const workshop = await openRooms()
  await workshop.write(
    Object.fromEntries(violations.map(([, file, source]) => [`packages/sdk/src/${file}`, source])),
  )
  const { exitCode, output } = await workshop.run('tsc', '-b', '--pretty', 'false', 'packages/sdk')
  expect(exitCode).not.toBe(0)
  const errors = output.split('\n').filter((line) => line.includes('error TS'))
  for (const [fact, file, , error] of violations) {
    expect(errors, fact).toContainEqual(expect.stringMatching(`${file}.*${error}`))
  }
})
