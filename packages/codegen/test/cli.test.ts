import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLI, execute, inFolder } from './tools.ts'
import type { Outcome } from './tools.ts'

async function run(cwd: string, ...args: string[]): Promise<Outcome> {
  return execute(cwd, process.execPath, ...CLI, ...args)
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
        stderr: expect.stringMatching(
          /^bad\.json:1:60: com\.example\.bad at defs\.main\.type: expected .*, found "float"\n$/,
        ) as unknown,
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
        /^(empty\.json:1:1: documents\[0\] at (lexicon|id|defs): expected this field\n){3}$/,
      )
    })
  })

  it('takes what the SDK has from there, or makes modules of it too', async () => {
    const like = document('com.example.like', {
      type: 'object',
      properties: { subject: { type: 'ref', ref: 'app.bsky.embed.record' } },
    })
    await inFolder(new Map([['like.json', like]]), async (folder) => {
      await run(folder, 'like.json', '-o', 'out')
      expect(await readdir(join(folder, 'out'))).toEqual(['com.example.like.ts'])
      expect(await readFile(join(folder, 'out/com.example.like.ts'), 'utf8')).toContain(
        "from 'atproto.ts/lexicons/app.bsky.embed.record'",
      )
      await run(folder, 'like.json', '-o', 'out', '--no-library')
      expect(await readdir(join(folder, 'out'))).toContain('app.bsky.embed.record.ts')
      // With what that refers to in turn.
      expect(await readdir(join(folder, 'out'))).toContain('com.atproto.repo.strongRef.ts')
      expect(await readFile(join(folder, 'out/com.example.like.ts'), 'utf8')).toContain(
        "from './app.bsky.embed.record.js'",
      )
    })
  })

  it('says the same to programs, on one line', async () => {
    const files = new Map([
      ['good.json', document('com.example.good')],
      ['bad.json', '{ "lexicon": 1,\n"id": 7, "defs": {} }'],
    ])
    await inFolder(files, async (folder) => {
      const good = await run(folder, 'good.json', '-o', 'out', '--json')
      expect([good.code, good.stderr]).toEqual([0, ''])
      expect(JSON.parse(good.stdout)).toEqual({
        out: 'out',
        written: ['com.example.good.ts'],
        deleted: [],
        unchanged: 0,
        saved: [],
      })
      const bad = await run(folder, 'bad.json', '-o', 'out', '--json')
      expect([bad.code, bad.stderr]).toEqual([1, ''])
      expect(JSON.parse(bad.stdout)).toEqual({
        problems: [
          {
            file: 'bad.json',
            line: 2,
            column: 7,
            document: 'documents[0]',
            path: 'id',
            message: 'expected a string, found 7',
          },
          {
            file: 'bad.json',
            line: 2,
            column: 18,
            document: 'documents[0]',
            path: 'defs',
            message: 'expected at least one definition',
          },
        ],
      })
    })
  })

  it('shows how it is used: on request, and where it is used wrongly', async () => {
    await inFolder(new Map(), async (folder) => {
      const help = await run(folder, '--help')
      expect(help.code).toBe(0)
      expect(help.stdout).toMatch(/^Usage: /)
      for (const command of ['check', 'breaking']) {
        const { code, stdout } = await run(folder, command, '--help')
        expect([code, stdout.split('<')[0]]).toEqual([0, `Usage: atproto.ts-codegen ${command} `])
      }
      for (const args of [
        [],
        ['x'],
        ['-o', 'out'],
        ['x', '-o', 'out', '--extension', 'ts'],
        ['--what'],
        ['com.example.thing', '-o', 'out', '--watch'],
        ['check'],
        ['check', 'x'],
        ['check', 'x', '-o', 'out', '--watch'],
        ['breaking', 'before'],
        ['breaking', 'before', 'after', 'ever after'],
      ]) {
        const { code, stdout, stderr } = await run(folder, ...args)
        expect([code, stdout], args.join(' ')).toEqual([2, ''])
        expect(stderr).toContain('Usage: ')
      }
    })
  })
})

describe('check', () => {
  it('says whether the modules are what would be generated, and writes nothing', async () => {
    const files = new Map(['a', 'b', 'c'].map((n) => [`${n}.json`, document(`com.example.${n}`)]))
    await inFolder(files, async (folder) => {
      const options = ['.', '--out', 'out']
      await run(folder, ...options)
      expect(await run(folder, 'check', ...options)).toEqual({
        code: 0,
        stdout: 'out: 3 files, all up to date\n',
        stderr: '',
      })

      await rm(join(folder, 'a.json'))
      await rm(join(folder, 'out/com.example.b.ts'))
      await writeFile(join(folder, 'c.json'), document('com.example.c', { type: 'boolean' }))
      await writeFile(join(folder, 'out/mine.ts'), 'export const mine = 1\n')
      const before = await readdir(join(folder, 'out'))
      expect(await run(folder, 'check', ...options)).toEqual({
        code: 1,
        stdout: '',
        stderr: [
          'out/com.example.b.ts: is missing',
          'out/com.example.c.ts: is not what would be generated',
          'out/com.example.a.ts: no document accounts for it',
          '',
        ].join('\n'),
      })
      const { code, stdout } = await run(folder, 'check', ...options, '--json')
      expect(code).toBe(1)
      expect(JSON.parse(stdout)).toEqual({
        out: 'out',
        missing: ['com.example.b.ts'],
        changed: ['com.example.c.ts'],
        stale: ['com.example.a.ts'],
        unchanged: 0,
        documents: [],
      })
      expect(await readdir(join(folder, 'out'))).toEqual(before)
    })
  })

  it('counts options as to how the code is written', async () => {
    await inFolder(new Map([['a.json', document('com.example.a', get())]]), async (folder) => {
      await run(folder, 'a.json', '--out', 'out')
      expect((await run(folder, 'check', 'a.json', '--out', 'out')).code).toBe(0)
      const other = await run(folder, 'check', 'a.json', '--out', 'out', '--extension', '.ts')
      expect(other.code).toBe(1)
    })
  })

  it('holds documents to the manifest', async () => {
    const files = new Map(['a', 'b'].map((n) => [`${n}.json`, document(`com.example.${n}`)]))
    await inFolder(files, async (folder) => {
      const options = ['.', '--out', 'out', '--manifest', 'manifest.json']
      const check = async (): Promise<string> => (await run(folder, 'check', ...options)).stderr
      expect(await check()).toContain('manifest.json: com.example.a was added\n')
      await run(folder, ...options)
      const text = await readFile(join(folder, 'manifest.json'), 'utf8')
      const sha256 = createHash('sha256').update(document('com.example.a')).digest('hex')
      expect(JSON.parse(text)).toMatchObject({
        documents: { 'com.example.a': { file: 'a.json', sha256 } },
      })
      expect(await check()).toBe('')

      // It makes no difference to the code.
      await writeFile(join(folder, 'a.json'), `${document('com.example.a')}\n`)
      await rm(join(folder, 'b.json'))
      await rm(join(folder, 'out/com.example.b.ts'))
      expect(await check()).toBe(
        'manifest.json: com.example.a was changed\nmanifest.json: com.example.b was removed\n',
      )

      await writeFile(join(folder, 'manifest.json'), '{ "documents": { "com.example.a": 1 } }')
      expect(await check()).toMatch(/^manifest\.json: this is no manifest/)
    })
  })

  it('fails where there is nothing to check, or a document is at fault', async () => {
    await inFolder(new Map([['bad.json', '{']]), async (folder) => {
      expect(await run(folder, 'check', 'gone', '--out', 'out')).toMatchObject({ code: 1 })
      expect((await run(folder, 'check', '.', '--out', 'out')).stderr).toMatch(
        /^bad\.json:1:2: not/,
      )
    })
  })
})

describe('breaking', () => {
  const of = (maxLength: number): string =>
    document('com.example.a', { type: 'string', maxLength }).replaceAll(',', ',\n')
  const files = new Map([
    ['before.json', of(10)],
    ['after.json', of(9)],
    ['bad.json', document('com.example.a', { type: 'float' })],
  ])

  it('says what breaks, and where', async () => {
    await inFolder(files, async (folder) => {
      expect(await run(folder, 'breaking', 'before.json', 'after.json')).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'after.json:4:13: com.example.a at defs.main.maxLength: it was 10 and is 9 (limit-narrowed: old data may be refused)\n',
      })
      const { code, stdout } = await run(folder, 'breaking', 'after.json', 'before.json', '--json')
      expect(code).toBe(1)
      expect(JSON.parse(stdout)).toEqual({
        findings: [
          {
            file: 'before.json',
            line: 4,
            column: 13,
            document: 'com.example.a',
            path: 'defs.main.maxLength',
            rule: 'limit-widened',
            breaks: 'new-data',
            message: 'it was 9 and is 10',
          },
        ],
      })
    })
  })

  it('compares folders by the names of documents, wherever they are', async () => {
    await inFolder(new Map(), async (folder) => {
      await mkdir(join(folder, 'old'))
      await mkdir(join(folder, 'new/com/example'), { recursive: true })
      await writeFile(join(folder, 'old/a.json'), document('com.example.a'))
      await writeFile(join(folder, 'new/com/example/a.json'), document('com.example.a'))
      await writeFile(join(folder, 'new/b.json'), document('com.example.b'))
      expect(await run(folder, 'breaking', 'old', 'new')).toEqual({
        code: 0,
        stdout: '1 document: nothing breaks\n',
        stderr: '',
      })
      expect((await run(folder, 'breaking', 'new', 'old')).stderr).toBe(
        'new/b.json:1:1: com.example.b: the document is gone (document-removed: old and new data may be refused)\n',
      )
    })
  })

  it('fails where a document is at fault', async () => {
    await inFolder(files, async (folder) => {
      const { code, stderr } = await run(folder, 'breaking', 'before.json', 'bad.json')
      expect([code, stderr.split(' ')[0]]).toEqual([1, 'bad.json:1:58:'])
    })
  })
})

/** A method, so that there is a facade, which names a module. */
function get(): object {
  const schema = { type: 'object', properties: {} }
  return { type: 'query', output: { encoding: 'application/json', schema } }
}
