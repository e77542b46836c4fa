// The programs of the readme compile as they stand.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkshop, ROOT, type Workshop } from './workshop.ts'

/** What the programs take for granted. */
const globals = `
import type { ATProto, Session } from 'atproto.ts'
declare global {
  const atproto: ATProto
  const session: Session
  const stored: Session
  const did: Session['did']
  const value: unknown
  const text: string
  function save(session: Session | undefined): Promise<void>
}
`
const tsconfig = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    composite: false,
    noEmit: true,
    emitDeclarationOnly: false,
    declaration: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    types: ['node'],
    paths: {
      'atproto.ts': [join(ROOT, 'packages/sdk/src/index.ts')],
      'atproto.ts/lexicons/*': [join(ROOT, 'packages/sdk/lexicons/*.ts')],
      'atproto.ts/*': [join(ROOT, 'packages/sdk/src/*/index.ts')],
      ...internalPaths(),
    },
  },
  include: ['*.ts'],
}

/** The sources of what the SDK imports by condition, as those without one get it. */
function internalPaths(): Record<string, string[]> {
  const sdk = join(ROOT, 'packages/sdk')
  const { imports } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as {
    imports: Record<string, string | { default: string }>
  }
  const source = (path: string) => join(sdk, path.replace('./dist/', '').replace(/\.js$/, '.ts'))
  return Object.fromEntries(
    Object.entries(imports).map(([name, path]) => [
      name,
      [source(typeof path === 'string' ? path : path.default)],
    ]),
  )
}

/** Compiles each program of a text in Markdown. */
async function compile(workshop: Workshop, markdown: string) {
  const programs = [...markdown.matchAll(/^```ts\n(.*?)^```/gms)].map(
    ([, program]) => program ?? '',
  )
  await workshop.linkModules()
  await workshop.write({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify(tsconfig),
    'globals.ts': globals,
    ...Object.fromEntries(programs.map((text, n) => [`program-${n}.ts`, `${text}\nexport {}\n`])),
  })
  return { programs, ...(await workshop.run('tsc', '-p', '.')) }
}

test('every program of the readme compiles', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const { programs, output } = await compile(await openWorkshop(), readme)
  expect(output).toBe('')
  expect(programs.length).toBeGreaterThan(5)
})

test('a program that does not compile is found', async () => {
  const wrong = "```ts\natproto.collection('app.bsky.feed.post').create({ txet: 'hi' })\n```\n"
  expect((await compile(await openWorkshop(), wrong)).output).toContain('txet')
})
