import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'

import { rejectedBy, thrownBy } from '../../test/thrown.ts'
import { MemoryCursorStore } from './cursor-store.ts'
import { FileCursorStore } from './file-cursor-store.ts'
import { FirehoseError } from './firehose-error.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cursor-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe.each([
  ['memory', () => new MemoryCursorStore()],
  ['a file', () => new FileCursorStore(join(folder, 'cursor'))],
])('in %s', (_, create) => {
  test('the cursor that was saved last is loaded', async () => {
    const store = create()
    expect(await store.load()).toBe(undefined)
    for (const cursor of [1, 0, Number.MAX_SAFE_INTEGER]) {
      await store.save(cursor)
      expect(await store.load()).toBe(cursor)
    }
  })
})

test('a file outlives its store, and nothing else is left in its folder', async () => {
  const path = join(folder, 'kept')
  await new FileCursorStore(path).save(42)
  expect(await new FileCursorStore(path).load()).toBe(42)
  expect(await readFile(path, 'utf8')).toBe('42\n')
  expect((await readdir(folder)).filter((name) => name.startsWith('kept'))).toEqual(['kept'])
})

test.each(['', 'x', '-1', '1.5', '1e3', '12345678901234567', '1\n2'])(
  'a file with "%s" in it is refused, rather than that events are lost',
  async (content) => {
    const path = join(folder, 'broken')
    await writeFile(path, content)
    const error = await rejectedBy(FirehoseError, () => new FileCursorStore(path).load())
    expect(error.code).toBe('invalid-cursor')
  },
)

test('what the file system says is passed on', async () => {
  const store = new FileCursorStore(join(folder, 'no-folder', 'cursor'))
  expect(await store.load()).toBe(undefined)
  const error: NodeJS.ErrnoException = await rejectedBy(Error, () => store.save(1))
  expect(error.code).toBe('ENOENT')
  const read: NodeJS.ErrnoException = await rejectedBy(Error, () =>
    new FileCursorStore(folder).load(),
  )
  expect(read.code).toBe('EISDIR')
})

test('where there are no files, it says so', async () => {
  vi.resetModules()
  vi.doMock('#files', () => import('./files.web.ts'))
  onTestFinished(() => {
    vi.doUnmock('#files')
    vi.resetModules()
  })
  const web = await import('./file-cursor-store.ts')
  const { message } = thrownBy(TypeError, () => new web.FileCursorStore('cursor'))
  expect(message).toMatch(/no files/)
})
