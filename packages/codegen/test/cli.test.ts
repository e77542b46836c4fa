import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { execute, inFolder } from './tools.ts'
import type { Outcome } from './tools.ts'

const CLI = join(import.meta.dirname, '../src/cli.ts')

async function run(cwd: string, ...args: string[]): Promise<Outcome> {
  return execute(cwd, process.execPath, CLI, ...args)
}

function document(id: string, def: object = { type: 'token' }): string {
  return JSON.stringify({ lexicon: 1, id, defs: { main: def } })
}

describe('the command', () => {
  it('writes the modules of all documents in a folder, and has nothing to do the second time', async () => {
    await inFolder(new Map(), async (folder) => {
      await mkdir(join(folder, 'lexicons/deep'), { recursive: true })
      await writeFile(join(folder, 'lexicons/a.json'), document('com.example.a'))
      await writeFile(join(folder, 'lexicons/deep/b.json'), document('com.example.b'))
      const first = await run(folder, 'lexicons', '--out', 'src/lexicons')
      expect(first).toEqual({
        code: 0,
        stdout: 'src/lexicons: 2 written, 0 deleted, 0 unchanged\n',
        stderr: '',
      })
      expect((await readdir(join(folder, 'src/lexicons'))).toSorted()).toEqual([
        'com.example.a.ts',
        'com.example.b.ts',
      ])
      const second = await run(folder, 'lexicons', '-o', 'src/lexicons')
      expect(second.stdout).toBe('src/lexicons: 0 written, 0 deleted, 2 unchanged\n')
    })
  })

  it('takes options as to how the code is written', async () => {
    const query = document('com.example.get', {
      type: 'query',
      errors: [{ name: 'Gone' }],
      output: { encoding: 'text/plain' },
    })
    await inFolder(new Map([['get.json', query]]), async (folder) => {
      const options = [
        '--import-from',
        '#sdk/{room}',
        '--merge-into',
        '#maps/{map}',
        '--no-facades',
      ]
      expect((await run(folder, 'get.json', '-o', '.', ...options)).code).toBe(0)
      expect((await readdir(folder)).toSorted()).toEqual([
        'com.example.get.ts',
        'errors.ts',
        'get.json',
      ])
    })
  })

  it('names the file, the document and the place of what is wrong, and writes nothing', async () => {
    const files = new Map([
      ['bad.json', document('com.example.bad', { type: 'float' })],
      ['good.json', document('com.example.good')],
    ])
    await inFolder(files, async (folder) => {
      expect(await run(folder, '.', '-o', 'out')).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'bad.json:1:60: com.example.bad at defs.main.type: no schema has the type "float"\n',
      })
      expect((await readdir(folder)).toSorted()).toEqual(['bad.json', 'good.json'])
    })
  })

  it('names both files where they hold the same document', async () => {
    const files = new Map([
      ['a.json', document('com.example.a')],
      ['b.json', document('com.example.a')],
      ['c.json', document('com.example.c')],
    ])
    await inFolder(files, async (folder) => {
      const { code, stderr } = await run(folder, '.', '-o', 'out')
      expect(code).toBe(1)
      expect(stderr).toBe(
        ['a', 'b']
          .map(
            (name) =>
              `${name}.json:1:19: com.example.a at id: there are two documents with this id\n`,
          )
          .join(''),
      )
    })
  })

  it('says which file is not JSON, is missing, or has no id', async () => {
    const files = new Map([
      ['text.json', 'hello'],
      ['empty.json', '{}'],
    ])
    await inFolder(files, async (folder) => {
      const outcomes = await Promise.all(
        ['text.json', 'gone.json', 'empty.json'].map(async (path) =>
          run(folder, path, '-o', 'out'),
        ),
      )
      expect(outcomes.map(({ code }) => code)).toEqual([1, 1, 1])
      expect(outcomes[0]?.stderr).toBe("text.json:1:1: not JSON: Unexpected token 'h'\n")
      expect(outcomes[1]?.stderr).toMatch(/no such file.*gone\.json/)
      expect(outcomes[2]?.stderr).toMatch(
        /^empty\.json:1:1: documents\[0\] at id: expected a string/,
      )
    })
  })

  it('shows how it is used: on request, and where it is used wrongly', async () => {
    await inFolder(new Map(), async (folder) => {
      const help = await run(folder, '--help')
      expect(help.code).toBe(0)
      expect(help.stdout).toMatch(/^Usage: /)
      for (const args of [
        [],
        ['x'],
        ['-o', 'out'],
        ['x', '-o', 'out', '--extension', 'ts'],
        ['--what'],
      ]) {
        const { code, stdout, stderr } = await run(folder, ...args)
        expect([code, stdout], args.join(' ')).toEqual([2, ''])
        expect(stderr).toContain('Usage: ')
      }
    })
  })
})
