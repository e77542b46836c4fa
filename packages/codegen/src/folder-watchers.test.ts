import { renameSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inFolder } from '../test/tools.ts'
import { FolderWatchers } from './folder-watchers.ts'

/** Gives an action a folder, and a place beside it from which files can be moved there. */
async function withFolder(
  action: (folder: string, beside: string) => Promise<void>,
): Promise<void> {
  await inFolder(new Map(), async (base) => {
    await mkdir(join(base, 'lexicons'))
    await action(join(base, 'lexicons'), base)
  })
}

/** Watches a folder until an action has ended. */
async function watching(
  folder: string,
  except: string | undefined,
  action: (
    seen: { count: number; next: () => Promise<void> },
    update: () => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  let wake = (): void => {}
  const seen = {
    count: 0,
    next: async (): Promise<void> => new Promise((settle) => (wake = settle)),
  }
  const watchers = new FolderWatchers([folder], except, () => {
    seen.count++
    wake()
  })
  try {
    await watchers.update()
    await action(seen, async () => watchers.update())
  } finally {
    watchers.close()
  }
}

describe('FolderWatchers', () => {
  it('do not count the file that is excepted', async () => {
    await withFolder(async (folder, beside) => {
      const manifest = join(folder, 'manifest.json')
      await watching(folder, manifest, async (seen) => {
        // Another pair of eyes, so that it is known when there was something to see.
        await watching(folder, undefined, async (other) => {
          await writeFile(join(beside, 'new'), '{}')
          const next = other.next()
          await rename(join(beside, 'new'), manifest)
          await next
          await setImmediate()
          expect(seen.count).toBe(0)
        })
      })
    })
  })

  it('see what happens in a folder that has taken the place of another', async () => {
    await withFolder(async (folder, beside) => {
      for (const name of ['lexicons/deep', 'other']) await mkdir(join(beside, name))
      await watching(folder, undefined, async (seen, update) => {
        const replaced = seen.next()
        renameSync(join(folder, 'deep'), join(beside, 'old'))
        renameSync(join(beside, 'other'), join(folder, 'deep'))
        await replaced
        await update()
        await writeFile(join(beside, 'new'), '{}')
        const { count } = seen
        const next = seen.next()
        await rename(join(beside, 'new'), join(folder, 'deep/a.json'))
        await next
        expect(seen.count).toBeGreaterThan(count)
      })
    })
  })
})
