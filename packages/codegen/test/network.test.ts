// The command, with lexicons from the network.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/command/run.ts'
import { lexicon, Publishers, write } from '../../sdk/test/publication/publishers.ts'
import { inFolder } from './tools.ts'
import type { Outcome } from './tools.ts'

/** Runs the command in this process, where it finds the sources of the SDK. */
async function codegen(...args: string[]): Promise<Outcome> {
  const said = { stdout: '', stderr: '' }
  const output = {
    print: (line: string): void => void (said.stdout += `${line}\n`),
    complain: (line: string): void => void (said.stderr += `${line}\n`),
  }
  return { code: await run(args, output, () => new AbortController().signal), ...said }
}

/** Every file below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
}

async function put(path: string, json: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify(json))
}

describe('lexicons from the network', () => {
  it('are saved and generated, with what they refer to and the SDK does not have', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.b', 'com.atproto.repo.strongRef'),
      'com.example.b': lexicon('com.example.b'),
      'com.example.c': lexicon('com.example.c'),
    })
    await inFolder(new Map(), async (folder) => {
      const [out, save] = [join(folder, 'out'), join(folder, 'saved')]
      const args = ['com.example.a', '--out', out, '--save', save, ...world.options]
      expect(await codegen(...args)).toEqual({
        code: 0,
        stdout: `${save}: 2 lexicons, 2 written\n${out}: 2 written, 0 deleted, 0 unchanged\n`,
        stderr: '',
      })
      expect(await filesIn(folder)).toEqual([
        'out/com.example.a.ts',
        'out/com.example.b.ts',
        'saved/com/example/a.json',
        'saved/com/example/b.json',
      ])
      expect((await codegen(...args)).stdout).toBe(
        `${save}: 2 lexicons, 0 written\n${out}: 0 written, 0 deleted, 2 unchanged\n`,
      )
    })
  })

  it('leave out what is among the files, and replace what was saved', async () => {
    await using world = await Publishers.open()
    const { repo, did } = await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.own'),
      'com.example.own': lexicon('com.example.own'),
    })
    await inFolder(new Map(), async (folder) => {
      const save = join(folder, 'lexicons')
      await put(join(save, 'own.json'), lexicon('com.example.own'))
      const options = ['--out', join(folder, 'out'), '--save', save, ...world.options]
      expect((await codegen(save, 'com.example.a', ...options)).code).toBe(0)
      expect(await filesIn(save)).toEqual(['com/example/a.json', 'own.json'])

      const changed = lexicon('com.example.a', 'com.example.own', 'com.atproto.repo.strongRef')
      world.accounts.get(did)!.car = await write(repo, did, { 'com.example.a': changed })
      expect((await codegen(save, 'com.example.a', ...options)).code).toBe(0)
      expect(await readFile(join(folder, 'out/com.example.a.ts'), 'utf8')).toContain('strongRef')
    })
  })

  it('are remembered by the manifest for as long as their files stay the same', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a'),
      'com.example.b': lexicon('com.example.b'),
    })
    await inFolder(new Map(), async (folder) => {
      const save = join(folder, 'lexicons')
      // Among the documents, and no document.
      const manifest = join(save, 'manifest.json')
      const options = ['--out', join(folder, 'out'), '--manifest', manifest]
      const origins = async (): Promise<unknown[]> => {
        const { documents } = JSON.parse(await readFile(manifest, 'utf8')) as {
          documents: Record<string, { file: string; uri?: string }>
        }
        return Object.values(documents).map(({ file, uri }) => [file, uri?.split('/').at(-1)])
      }
      await codegen('com.example.*', '--save', save, ...options, ...world.options)
      const first = await readFile(manifest, 'utf8')
      expect(await origins()).toEqual([
        ['com/example/a.json', 'com.example.a'],
        ['com/example/b.json', 'com.example.b'],
      ])
      expect((await codegen(save, ...options)).code).toBe(0)
      expect(await readFile(manifest, 'utf8')).toBe(first)

      await put(join(save, 'com/example/b.json'), lexicon('com.example.b', 'com.example.a'))
      expect((await codegen('check', save, ...options)).stderr).toContain(
        `${manifest}: com.example.b was changed\n`,
      )
      expect((await codegen(save, ...options)).code).toBe(0)
      expect(await origins()).toEqual([
        ['com/example/a.json', 'com.example.a'],
        ['com/example/b.json', undefined],
      ])
    })
  })

  it('that cannot be had leave everything as it was', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', 'com.example.gone'),
    })
    await inFolder(new Map(), async (folder) => {
      const options = ['--out', join(folder, 'out'), '--save', join(folder, 'saved')]
      const { code, stdout, stderr } = await codegen('com.example.a', ...options, ...world.options)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^com\.example\.gone: there is no record at:/)
      const forPrograms = await codegen('com.example.a', '--json', ...options, ...world.options)
      expect(JSON.parse(forPrograms.stdout)).toMatchObject({
        problems: [{ document: 'com.example.gone', code: 'not-published' }],
      })
      expect(await filesIn(folder)).toEqual([])
    })
  })

  it('cost one question for their authority, however many there are of it', async () => {
    await using world = await Publishers.open()
    const ids = ['com.example.a', 'com.example.b', 'com.example.c']
    await world.publish(['com.example'], Object.fromEntries(ids.map((id) => [id, lexicon(id)])))
    await inFolder(new Map(), async (folder) => {
      const options = ['--out', join(folder, 'out'), '--save', join(folder, 'saved')]
      expect((await codegen('com.example.*', ...options, ...world.options)).code).toBe(0)
      expect(world.names).toEqual(['_lexicon.example.com'])
    })
  })

  it('that break the lexicon language are refused with all that is wrong with them', async () => {
    await using world = await Publishers.open()
    const defs = { main: { type: 'float' }, other: { type: 'blob', accept: [1] } }
    const record = { ...lexicon('com.example.a'), defs }
    await world.publish(['com.example'], { 'com.example.a': record })
    const args = ['com.example.a', '--json', '--out', '/nowhere', ...world.options]
    expect(JSON.parse((await codegen(...args)).stdout)).toMatchObject({
      problems: [
        { document: 'com.example.a', path: 'defs.main.type', code: 'invalid-lexicon' },
        { document: 'com.example.a', path: 'defs.other.accept[0]', code: 'invalid-lexicon' },
      ],
    })
  })

  it('do not reach the terminal with what they make of an error', async () => {
    await using world = await Publishers.open()
    await world.publish(['com.example'], {})
    const message = 'gone\n\u001B[2J\u009B31m\u202Ethe end'
    world.answers.set('com.atproto.sync.getRecord', (_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: 'InvalidRequest', message }))
    })
    const { stderr } = await codegen('com.example.a', '--out', '/nowhere', ...world.options)
    expect(stderr).toMatch(
      /^com\.example\.a: .*gone\\u\{a\}\\u\{1b\}\[2J\\u\{9b\}31m\\u\{202e\}the end.*\n$/,
    )
  })

  it('never write outside their folders, whatever they hold', async () => {
    await using world = await Publishers.open()
    const hostile = JSON.parse(
      `{ "__proto__": { "type": "object", "properties": { "a": { "type": "string" } } } }`,
    ) as { [name: string]: object }
    const account = await world.publish(['com.example'], {
      'com.example.a': lexicon('com.example.a', '../../../../outside'),
      'com.example.b': { ...lexicon('com.example.b'), defs: hostile as never },
      'com.example.c': { ...lexicon('com.example.c'), id: '../../../outside' },
    })
    account.listed = ['../../outside', 'com.example./../outside', '..']
    await inFolder(new Map(), async (folder) => {
      const options = ['--out', join(folder, 'in/out'), '--save', join(folder, 'in/saved')]
      for (const nsid of ['com.example.a', 'com.example.b', 'com.example.c', 'com.example.*']) {
        const { code } = await codegen(nsid, ...options, ...world.options)
        expect(code, nsid).toBe(1)
      }
      expect(await filesIn(folder)).toEqual([])
    })
  })
})
