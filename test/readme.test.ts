// The programs of the readme compile as they stand.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compilePrograms } from './programs.ts'
import { openWorkshop, ROOT } from './workshop.ts'

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
/** Compiles each program of a text in Markdown. */
async function compile(markdown: string) {
  const found = [...markdown.matchAll(/^```ts\n(.*?)^```/gms)]
  const programs = new Map(found.map(([, text = ''], n) => [`program-${n}`, text]))
  return { programs, output: await compilePrograms(await openWorkshop(), programs, globals) }
}

test('every program of the readme compiles', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const { programs, output } = await compile(readme)
  expect(output).toBe('')
  expect(programs.size).toBeGreaterThan(5)
})

test('a program that does not compile is found', async () => {
  const wrong = "```ts\natproto.collection('app.bsky.feed.post').create({ txet: 'hi' })\n```\n"
  expect((await compile(wrong)).output).toContain('txet')
})
