// The generator as its users get it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../workshop.ts'
import { publish } from './publication.ts'

const { workshop, folder, tarball, consumer } = await publish(
  'codegen',
  'packages/codegen/library.json',
)

test('publint has nothing to say', async () => {
  expect(await run(folder, 'publint', ['--strict', '.'])).toMatchObject({ exitCode: 0 })
})

test('every way to resolve the types finds them', async () => {
  expect(await run(folder, 'attw', [tarball, '--profile', 'esm-only'])).toMatchObject({
    exitCode: 0,
  })
})

test('the program that it installs makes a module of a document', async () => {
  const nsid = 'com.example.greeting'
  const record = { type: 'object', properties: { text: { type: 'string' } } }
  await workshop.write({
    'consumer/lexicons/greeting.json': JSON.stringify({
      lexicon: 1,
      id: nsid,
      defs: { main: { type: 'record', key: 'tid', record } },
    }),
  })
  const program = join(consumer, 'node_modules/.bin/atproto.ts-codegen')
  expect(await run(consumer, program, ['lexicons', '--out', 'src'])).toMatchObject({ exitCode: 0 })
  expect(readFileSync(join(consumer, `src/${nsid}.ts`), 'utf8')).toContain('text?: string')
})

test('the program asks for the SDK where it takes lexicons from the network', async () => {
  const program = join(consumer, 'node_modules/.bin/atproto.ts-codegen')
  const { exitCode, output } = await run(consumer, program, ['com.example.thing', '--out', 'src'])
  expect(exitCode).toBe(1)
  expect(output).toContain('npm install atproto.ts')
})
