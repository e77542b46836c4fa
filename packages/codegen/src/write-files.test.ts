import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inFolder } from '../test/tools.ts'
import { GENERATED } from './file.ts'
import { writeFiles } from './write-files.ts'

const text = (value: string): string => `${GENERATED} ${value}\n`

describe('writeFiles', () => {
  it('makes the folder, and says what it wrote', async () => {
    await inFolder(new Map(), async (folder) => {
      const files = new Map([
        ['b.ts', text('b')],
        ['a.ts', text('a')],
      ])
      const out = join(folder, 'deep/er')
      const result = await writeFiles(out, files)
      expect(result).toEqual({ written: ['a.ts', 'b.ts'], deleted: [], unchanged: 0 })
      expect(await readFile(join(out, 'a.ts'), 'utf8')).toBe(text('a'))
    })
  })

  it('leaves a file alone that would not change', async () => {
    await inFolder(
      new Map([
        ['a.ts', text('a')],
        ['b.ts', text('old')],
      ]),
      async (folder) => {
        const before = await stat(join(folder, 'a.ts'), { bigint: true })
        const result = await writeFiles(
          folder,
          new Map([
            ['a.ts', text('a')],
            ['b.ts', text('b')],
          ]),
        )
        expect(result).toEqual({ written: ['b.ts'], deleted: [], unchanged: 1 })
        const after = await stat(join(folder, 'a.ts'), { bigint: true })
        expect(after.mtimeNs).toBe(before.mtimeNs)
      },
    )
  })

  it('deletes generated files that nothing accounts for, and nothing else', async () => {
    const present = new Map([
      ['stale.ts', text('stale')],
      ['own.ts', 'export const mine = 1\n'],
      ['notes.md', text('not code')],
    ])
    await inFolder(present, async (folder) => {
      await mkdir(join(folder, 'folder.ts'))
      const result = await writeFiles(folder, new Map([['a.ts', text('a')]]))
      expect(result.deleted).toEqual(['stale.ts'])
      expect((await readdir(folder)).toSorted()).toEqual([
        'a.ts',
        'folder.ts',
        'notes.md',
        'own.ts',
      ])
    })
  })

  it('refuses to overwrite a file of another making, and writes nothing then', async () => {
    await inFolder(new Map(), async (folder) => {
      await writeFile(join(folder, 'b.ts'), 'export const mine = 1\n')
      const files = new Map([
        ['a.ts', text('a')],
        ['b.ts', text('b')],
      ])
      await expect(writeFiles(folder, files)).rejects.toThrow(/b\.ts is not a generated file/)
      expect(await readdir(folder)).toEqual(['b.ts'])
    })
  })
})
