import { expect, test } from 'vitest'
import { cidOf, postKey, posts } from '../../test/repo/keys.ts'
import { repoErrorOfAsync } from '../../test/repo/thrown.ts'
import { MemoryBlockStore } from './block-store.ts'
import { withFetchedBlocks } from './fetched-blocks.ts'
import { Mst } from './mst.ts'

const tree = Mst.from(posts(2_000))
const store = new MemoryBlockStore()
tree.save(store)

test('only the blocks that the work needs are fetched, each once', async () => {
  const fetched: string[] = []
  const cid = await withFetchedBlocks(
    (cid) => {
      fetched.push(cid)
      return Promise.resolve(store.get(cid))
    },
    (blocks) => Mst.load(tree.root(), blocks).get(postKey(1_234)),
  )
  expect(cid).toBe(cidOf(34))
  expect(fetched[0]).toBe(tree.root())
  expect(new Set(fetched).size).toBe(fetched.length)
  expect(fetched.length).toBeLessThan(15)
})

test('changes can be made over them', async () => {
  const root = await withFetchedBlocks(
    (cid) => Promise.resolve(store.get(cid)),
    (blocks) => Mst.load(tree.root(), blocks).delete(postKey(5)).root(),
  )
  expect(root).toBe(tree.delete(postKey(5)).root())
})

test('a block that cannot be fetched is missing', async () => {
  const nowhere = withFetchedBlocks(
    () => Promise.resolve(undefined),
    (blocks) => Mst.load(tree.root(), blocks),
  )
  expect(await repoErrorOfAsync(() => nowhere)).toMatchObject({
    code: 'missing-block',
    cid: tree.root(),
  })
})

test('wrong bytes and errors of the work end it', async () => {
  const wrong = withFetchedBlocks(
    () => Promise.resolve(Uint8Array.of(1)),
    (blocks) => Mst.load(tree.root(), blocks),
  )
  expect((await repoErrorOfAsync(() => wrong)).code).toBe('hash-mismatch')
  const failing = withFetchedBlocks(
    () => Promise.resolve(undefined),
    () => {
      throw new RangeError('of the work')
    },
  )
  await expect(failing).rejects.toThrow(RangeError)
})
